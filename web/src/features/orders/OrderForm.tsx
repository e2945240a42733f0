import { Button, Group, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { ServiceJson } from '../../../../src/api-contract/services.ts';
import { Card } from '../../components/Card.tsx';
import { FormProblem } from '../../components/FormProblem.tsx';
import { sortFieldErrors } from '../../lib/field-errors.ts';
import { createIntent } from '../../lib/intent.ts';
import { formatMoney } from '../../lib/money.ts';
import { Problem } from '../../lib/problem.ts';
import { tellDone, tellWarning } from '../../lib/tell.ts';
import { formatDuration } from '../../lib/time.ts';
import { useUser } from '../../lib/user.ts';
import { createOrder } from './api/change-order.ts';
import { countries, homeCountry } from './countries.ts';
import { CustomerSelect } from './CustomerSelect.tsx';
import classes from './OrderForm.module.css';
import { missing, MOST_VISITS, ORDER_INPUTS, orderRequest, type OrderValues } from './order-request.ts';

type Form = UseFormReturnType<OrderValues>;

export function OrderForm(props: { services: readonly ServiceJson[]; onMade: (id: number) => void }): ReactElement {
  const { role, time_zone: timeZone } = useUser();
  const form = useForm<OrderValues>({
    mode: 'controlled',
    initialValues: emptyOrder(timeZone),
    validate: (values) => missing(values, role !== 'customer'),
  });
  const make = useMake(form, props.onMade);
  return (
    <form onSubmit={form.onSubmit((values) => make.mutate(values))} noValidate>
      <Stack>
        <FormProblem error={make.error} inputs={ORDER_INPUTS} />
        <WhatPart form={form} services={props.services} withCustomer={role !== 'customer'} />
        <WhenPart form={form} />
        <WherePart form={form} />
        <Group justify="flex-end">
          <Button type="submit" size="md" loading={make.isPending}>
            {role === 'customer' ? 'Send the booking' : 'Create order'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useMake(form: Form, onMade: (id: number) => void) {
  const client = useQueryClient();
  const [keyFor] = useState(createIntent);
  return useMutation({
    mutationFn: (values: OrderValues) => {
      const request = orderRequest(values);
      return createOrder(request, keyFor(request));
    },
    onSuccess: async (order) => {
      tellDone('Thank you, we have your booking', `It is order #${order.id}.`);
      for (const warning of order.warnings) tellWarning('Please note', warning.message);
      await client.invalidateQueries({ queryKey: ['orders'] });
      onMade(order.id);
    },
    onError: (error) => {
      if (error instanceof Problem) form.setErrors(sortFieldErrors(error.fields, ORDER_INPUTS).byInput);
      window.scrollTo({ top: 0 });
    },
  });
}

function WhatPart(props: { form: Form; services: readonly ServiceJson[]; withCustomer: boolean }): ReactElement {
  const { form, services } = props;
  return (
    <Card title="What">
      <Stack>
        {props.withCustomer && (
          <CustomerSelect
            value={form.values.customerId}
            onChange={(id) => form.setFieldValue('customerId', id)}
            error={form.errors['customerId']}
          />
        )}
        <Select
          label="Service"
          placeholder="Choose a service"
          data={services.map((service) => ({ value: String(service.id), label: serviceWords(service) }))}
          {...form.getInputProps('serviceId')}
        />
        <Textarea
          label="Notes (optional)"
          description="Anything that we should know, such as pets or the bell."
          autosize
          minRows={2}
          maxLength={5000}
          {...form.getInputProps('notes')}
        />
      </Stack>
    </Card>
  );
}

function WhenPart({ form }: { form: Form }): ReactElement {
  const repeats = form.values.rhythm !== 'once';
  return (
    <Card title="When">
      <div className={classes.pair}>
        <TextInput label="Day" type="date" {...form.getInputProps('date')} />
        <TextInput label="Starts at" type="time" {...form.getInputProps('time')} />
        <Select
          label="Repeats"
          allowDeselect={false}
          data={[
            { value: 'once', label: 'Just once' },
            { value: 'weekly', label: 'Every week' },
            { value: 'biweekly', label: 'Every 2 weeks' },
          ]}
          {...form.getInputProps('rhythm')}
        />
        {repeats && (
          <NumberInput
            label="Number of visits"
            min={2}
            max={MOST_VISITS}
            allowDecimal={false}
            {...form.getInputProps('visits')}
          />
        )}
        <Select
          label="Time zone"
          description="Where the cleaning takes place."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          searchable
          allowDeselect={false}
          data={zones(form.values.timeZone)}
          {...form.getInputProps('timeZone')}
        />
      </div>
    </Card>
  );
}

function WherePart({ form }: { form: Form }): ReactElement {
  return (
    <Card title="Where">
      <Stack>
        <TextInput label="Street and number" autoComplete="address-line1" {...form.getInputProps('line1')} />
        <TextInput label="Flat, floor (optional)" autoComplete="address-line2" {...form.getInputProps('line2')} />
        <div className={classes.pair}>
          <TextInput label="Town" autoComplete="address-level2" {...form.getInputProps('city')} />
          <TextInput label="Postcode" autoComplete="postal-code" {...form.getInputProps('postalCode')} />
        </div>
        <Select
          label="Country"
          searchable
          allowDeselect={false}
          data={countries()}
          {...form.getInputProps('country')}
        />
        <Textarea
          label="How to get in (optional)"
          description="Key safe, alarm, door code. Only the office and the team that comes to you see this."
          autosize
          minRows={2}
          maxLength={5000}
          {...form.getInputProps('accessNotes')}
        />
      </Stack>
    </Card>
  );
}

function serviceWords(service: ServiceJson): string {
  return `${service.name} (${formatDuration(service.duration_minutes)}, ${formatMoney(service.price_cents, service.currency)})`;
}

/** The browser's zones; the person's own is offered even where the browser calls it by another name. */
function zones(own: string): string[] {
  return [...new Set([own, ...Intl.supportedValuesOf('timeZone')])].toSorted();
}

function emptyOrder(timeZone: string): OrderValues {
  return {
    customerId: null,
    serviceId: null,
    date: '',
    time: '09:00',
    timeZone,
    rhythm: 'once',
    visits: 4,
    line1: '',
    line2: '',
    city: '',
    postalCode: '',
    country: homeCountry(navigator.language),
    accessNotes: '',
    notes: '',
  };
}

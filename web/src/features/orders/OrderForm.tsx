import { Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useForm } from '../../lib/use-form.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { ServiceJson } from '../../../../src/api-contract/services.ts';
import { Card } from '../../components/Card.tsx';
import { FormProblem } from '../../components/FormProblem.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { createIntent } from '../../lib/intent.ts';
import { formatMoney } from '../../lib/money.ts';
import { inputFaults } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { tellDone, tellServerWarnings } from '../../lib/tell.ts';
import { formatDuration } from '../../lib/time.ts';
import { zonesWith } from '../../lib/time-zones.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import { useUser } from '../../lib/user.ts';
import { createOrder } from './api/change-order.ts';
import { bookingWords } from './booking-words.ts';
import { countries, homeCountry } from './countries.ts';
import { CustomerSelect } from './CustomerSelect.tsx';
import classes from './OrderForm.module.css';
import { missing, MOST_VISITS, ORDER_INPUTS, orderRequest, type OrderValues } from './order-request.ts';
import { useLastAddress } from './use-last-address.ts';

type Form = UseFormReturnType<OrderValues>;

export function OrderForm(props: {
  services: readonly ServiceJson[];
  onMade: (id: number) => Promise<void>;
}): ReactElement {
  const { role, time_zone: timeZone } = useUser();
  const form = useForm<OrderValues>({
    mode: 'controlled',
    initialValues: emptyOrder(timeZone),
    validate: (values) => missing(values, role !== 'customer', new Date()),
  });
  const make = useMake(form, props.onMade);
  const { customerId } = form.values;
  const fromLast = useLastAddress(role === 'customer' ? 'me' : customerId === null ? null : { customerId }, form);
  return (
    <form onSubmit={form.onSubmit((values) => make.mutate(values))} noValidate>
      <Stack>
        <FormProblem error={make.error} inputs={ORDER_INPUTS} />
        <WhatPart form={form} services={props.services} withCustomer={role !== 'customer'} />
        <WhenPart form={form} />
        <WherePart form={form} fromLast={fromLast} />
        <Summary form={form} services={props.services} />
        <Group justify="flex-end">
          <Button type="submit" size="md" loading={make.isPending}>
            {role === 'customer' ? t('orders.form.send') : t('orders.form.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useMake(form: Form, onMade: (id: number) => Promise<void>) {
  const client = useQueryClient();
  const [keyFor] = useState(createIntent);
  return useMutation({
    mutationFn: (values: OrderValues) => {
      const request = orderRequest(values);
      return createOrder(request, keyFor(request));
    },
    onSuccess: async (order) => {
      void client.invalidateQueries({ queryKey: ['orders'] });
      // What is told belongs to the page of the order, not to the one that is left.
      await onMade(order.id);
      tellDone(t('orders.form.thanks'), t('orders.form.thanksMore', { id: String(order.id) }));
      tellServerWarnings(t('orders.form.pleaseNote'), order.warnings);
    },
    onError: (error) => form.setErrors(inputFaults(error, ORDER_INPUTS)),
  });
}

function WhatPart(props: { form: Form; services: readonly ServiceJson[]; withCustomer: boolean }): ReactElement {
  const { form, services } = props;
  return (
    <Card title={t('orders.form.what')}>
      <Stack>
        {props.withCustomer && (
          <CustomerSelect
            value={form.values.customerId}
            onChange={(id) => form.setFieldValue('customerId', id)}
            error={form.errors['customerId']}
          />
        )}
        <Select
          label={t('orders.form.service')}
          placeholder={t('orders.form.serviceHint')}
          data={services.map((service) => ({ value: String(service.id), label: serviceWords(service) }))}
          {...form.getInputProps('serviceId')}
        />
        <Textarea
          label={t('orders.form.notes')}
          description={t('orders.form.notesHint')}
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
    <Card title={t('orders.form.when')}>
      <div className={classes.pair}>
        <TextInput label={t('orders.form.day')} type="date" {...form.getInputProps('date')} />
        <TextInput label={t('orders.form.time')} type="time" {...form.getInputProps('time')} />
        <Select
          label={t('orders.form.repeats')}
          allowDeselect={false}
          data={[
            { value: 'once', label: t('orders.form.rhythm.once') },
            { value: 'weekly', label: t('orders.form.rhythm.weekly') },
            { value: 'biweekly', label: t('orders.form.rhythm.biweekly') },
            { value: 'fourWeekly', label: t('orders.form.rhythm.fourWeekly') },
          ]}
          {...form.getInputProps('rhythm')}
        />
        {repeats && (
          <Select
            label={t('orders.form.ends')}
            allowDeselect={false}
            data={[
              { value: 'count', label: t('orders.form.end.count') },
              { value: 'never', label: t('orders.form.end.never') },
            ]}
            {...form.getInputProps('ends')}
          />
        )}
        {repeats && form.values.ends === 'count' && (
          <NumberField label={t('orders.form.visits')} min={2} max={MOST_VISITS} {...form.getInputProps('visits')} />
        )}
        <Select
          label={t('orders.form.zone')}
          description={t('orders.form.zoneHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          searchable
          allowDeselect={false}
          data={zonesWith(form.values.timeZone)}
          {...form.getInputProps('timeZone')}
        />
      </div>
    </Card>
  );
}

function WherePart({ form, fromLast }: { form: Form; fromLast: boolean }): ReactElement {
  return (
    <Card title={t('orders.form.where')}>
      <p role="status" className={classes.fromLast}>
        {fromLast && t('orders.form.fromLast')}
      </p>
      <Stack>
        <TextInput label={t('orders.form.street')} autoComplete="address-line1" {...form.getInputProps('line1')} />
        <TextInput label={t('orders.form.flat')} autoComplete="address-line2" {...form.getInputProps('line2')} />
        <div className={classes.pair}>
          <TextInput label={t('orders.form.town')} autoComplete="address-level2" {...form.getInputProps('city')} />
          <TextInput
            label={t('orders.form.postcode')}
            autoComplete="postal-code"
            {...form.getInputProps('postalCode')}
          />
        </div>
        <Select
          label={t('orders.form.country')}
          searchable
          allowDeselect={false}
          data={countries()}
          {...form.getInputProps('country')}
        />
        <Textarea
          label={t('orders.form.access')}
          description={t('orders.form.accessHint')}
          autosize
          minRows={2}
          maxLength={5000}
          {...form.getInputProps('accessNotes')}
        />
      </Stack>
    </Card>
  );
}

/** Says it back before it is sent: the rhythm in words, the last day, what it costs. */
function Summary({ form, services }: { form: Form; services: readonly ServiceJson[] }): ReactElement {
  const service = services.find(({ id }) => String(id) === form.values.serviceId) ?? null;
  const sentences = bookingWords(form.values, service, new Date());
  return (
    <div role="status" className={classes.summary}>
      {sentences.map((words) => (
        <p key={words}>{words}</p>
      ))}
    </div>
  );
}

function serviceWords(service: ServiceJson): string {
  return `${service.name} (${formatDuration(service.duration_minutes)}, ${formatMoney(service.price_cents, service.currency)})`;
}

function emptyOrder(timeZone: string): OrderValues {
  return {
    customerId: null,
    serviceId: null,
    date: '',
    time: '09:00',
    timeZone,
    rhythm: 'once',
    ends: 'count',
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

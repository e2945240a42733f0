import { Button, Group, Modal, NumberInput, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { ServiceJson } from '../../../../src/api-contract/services.ts';
import { FormProblem } from '../../components/FormProblem.tsx';
import { sortFieldErrors } from '../../lib/field-errors.ts';
import { Problem } from '../../lib/problem.ts';
import { tellDone } from '../../lib/tell.ts';
import { changeService, createService } from './api/services.ts';
import { SERVICE_INPUTS, serviceRequest, serviceValues, type ServiceValues } from './service-form.ts';

/** Adds a service (`null`), or changes one. */
export function ServiceDialog(props: { service: ServiceJson | null; onClose: () => void }): ReactElement {
  const { service, onClose } = props;
  const client = useQueryClient();
  const form = useForm<ServiceValues>({
    mode: 'controlled',
    initialValues: serviceValues(service),
    validate: {
      name: (value) => (value.trim() === '' ? 'Type a name.' : null),
      minutes: (value) => (Number(value) >= 1 ? null : 'Say how long it takes.'),
      price: (value) => (value === '' ? 'Say what it costs; 0 if it is free.' : null),
    },
  });
  const saving = useMutation({
    mutationFn: (values: ServiceValues) => {
      const request = serviceRequest(values);
      return service === null
        ? createService(request)
        : changeService(service.id, { ...request, version: service.version });
    },
    onSuccess: async (saved) => {
      tellDone(service === null ? 'Service added' : 'Service saved', saved.name);
      onClose();
      await client.invalidateQueries({ queryKey: ['services'] });
    },
    onError: (error) => {
      if (error instanceof Problem) form.setErrors(sortFieldErrors(error.fields, SERVICE_INPUTS).byInput);
    },
  });
  const reload = (): void => {
    void client.invalidateQueries({ queryKey: ['services'] });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={service === null ? 'Add a service' : `Edit ${service.name}`}>
      <form onSubmit={form.onSubmit((values) => saving.mutate(values))} noValidate>
        <Stack>
          <FormProblem error={saving.error} inputs={SERVICE_INPUTS} onReload={reload} />
          <TextInput label="Name" data-autofocus {...form.getInputProps('name')} />
          <NumberInput
            label="Takes (minutes)"
            min={1}
            max={10_080}
            step={15}
            allowDecimal={false}
            {...form.getInputProps('minutes')}
          />
          <NumberInput label="Price" min={0} decimalScale={2} fixedDecimalScale {...form.getInputProps('price')} />
          <TextInput
            label="Currency"
            description="Three letters, such as GBP or EUR."
            maxLength={3}
            {...form.getInputProps('currency')}
          />
          <Switch
            label="On offer"
            description="Switched off, nobody can book it any more. Existing orders stay."
            {...form.getInputProps('isActive', { type: 'checkbox' })}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={saving.isPending}>
              {service === null ? 'Add the service' : 'Save'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

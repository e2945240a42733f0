import { Modal, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '../../lib/use-form.ts';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { ServiceJson } from '../../../../src/api-contract/services.ts';
import { DialogButtons } from '../../components/DialogButtons.tsx';
import { FormProblem } from '../../components/FormProblem.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { amountFault, wholeFault } from '../../lib/numbers.ts';
import { inputFaults } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { tellDone } from '../../lib/tell.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import { changeService, createService } from './api/services.ts';
import {
  DEAREST,
  LONGEST_MINUTES,
  SERVICE_INPUTS,
  serviceRequest,
  serviceValues,
  type ServiceValues,
} from './service-form.ts';

/** Adds a service (`null`), or changes one. */
export function ServiceDialog(props: { service: ServiceJson | null; onClose: () => void }): ReactElement {
  const { service, onClose } = props;
  const client = useQueryClient();
  const form = useForm<ServiceValues>({
    mode: 'controlled',
    initialValues: serviceValues(service),
    validate: {
      name: (value) => (value.trim() === '' ? t('services.nameMissing') : null),
      minutes: (value) => (value === '' ? t('services.takesMissing') : wholeFault(value, 1, LONGEST_MINUTES)),
      price: (value) => (value === '' ? t('services.priceMissing') : amountFault(value, 0, DEAREST)),
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
      tellDone(service === null ? t('services.added') : t('services.saved'), saved.name);
      onClose();
      await client.invalidateQueries({ queryKey: ['services'] });
    },
    onError: (error) => form.setErrors(inputFaults(error, SERVICE_INPUTS)),
  });
  const reload = (): void => {
    void client.invalidateQueries({ queryKey: ['services'] });
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={service === null ? t('services.add') : t('services.edit', { name: service.name })}
    >
      <form onSubmit={form.onSubmit((values) => saving.mutate(values))} noValidate>
        <Stack>
          <FormProblem error={saving.error} inputs={SERVICE_INPUTS} onReload={reload} />
          <TextInput label={t('services.name')} data-autofocus {...form.getInputProps('name')} />
          <NumberField
            label={t('services.takes')}
            min={1}
            max={LONGEST_MINUTES}
            step={15}
            {...form.getInputProps('minutes')}
          />
          <NumberField
            label={t('services.price')}
            min={0}
            max={DEAREST}
            decimalScale={2}
            fixedDecimalScale
            {...form.getInputProps('price')}
          />
          <TextInput
            label={t('services.currency')}
            description={t('services.currencyHint')}
            maxLength={3}
            {...form.getInputProps('currency')}
          />
          <Switch
            label={t('services.onOffer')}
            description={t('services.onOfferHint')}
            {...form.getInputProps('isActive', { type: 'checkbox' })}
          />
          <DialogButtons
            back={t('common.cancel')}
            onBack={onClose}
            yes={service === null ? t('services.addNow') : t('common.save')}
            busy={saving.isPending}
          />
        </Stack>
      </form>
    </Modal>
  );
}

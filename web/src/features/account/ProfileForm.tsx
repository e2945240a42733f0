import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '../../lib/use-form.ts';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { MeJson } from '../../../../src/api-contract/accounts.ts';
import { FormProblem } from '../../components/FormProblem.tsx';
import { browserSession } from '../../lib/browser-session.ts';
import { LANGUAGES, type Language } from '../../lib/language.ts';
import { phoneFault } from '../../lib/phone.ts';
import { inputFaults } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { tellDone } from '../../lib/tell.ts';
import { zonesWith } from '../../lib/time-zones.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import { accountQuery, changeAccount } from './api/account.ts';

const INPUTS = { name: ['name'], phone: ['phone'], timeZone: ['time_zone'], language: ['language'] } as const;

interface Values {
  name: string;
  phone: string;
  timeZone: string;
  /** Of mails. */
  language: Language;
}

export function ProfileForm({ me }: { me: MeJson }): ReactElement {
  const client = useQueryClient();
  const form = useForm<Values>({
    mode: 'controlled',
    initialValues: { name: me.name, phone: me.phone ?? '', timeZone: me.time_zone, language: me.language ?? 'en' },
    validate: {
      name: (value) => (value.trim() === '' ? t('auth.nameMissing') : null),
      // One that was kept from before does not stand in the way of other changes.
      phone: (value) => (value === (me.phone ?? '') ? null : phoneFault(value)),
    },
  });
  const saving = useMutation({
    // Only what was changed here: the rest may have been changed elsewhere meanwhile.
    mutationFn: ({ name, phone, timeZone, language }: Values) =>
      changeAccount({
        ...(form.isDirty('name') && { name: name.trim() }),
        ...(form.isDirty('phone') && { phone: phone.trim() || null }),
        ...(form.isDirty('timeZone') && { time_zone: timeZone }),
        ...(form.isDirty('language') && { language }),
      }),
    onSuccess: async (changed, values) => {
      form.resetDirty(values);
      tellDone(t('account.saved'), t('account.savedMore'));
      client.setQueryData(accountQuery().queryKey, changed);
      browserSession.know(changed);
      await client.invalidateQueries({ queryKey: ['appointments'] });
    },
    onError: (error) => form.setErrors(inputFaults(error, INPUTS)),
  });
  return (
    <form onSubmit={form.onSubmit((values) => saving.mutate(values))} noValidate>
      <Stack>
        <FormProblem error={saving.error} inputs={INPUTS} />
        <TextInput label={t('auth.name')} autoComplete="name" {...form.getInputProps('name')} />
        <TextInput
          label={t('auth.phone')}
          description={me.role === 'customer' ? t('account.phoneOfCustomer') : t('account.phoneOfOthers')}
          type="tel"
          autoComplete="tel"
          {...form.getInputProps('phone')}
        />
        <Select
          label={t('account.timeZone')}
          description={t('account.timeZoneHint')}
          searchable
          allowDeselect={false}
          data={zonesWith(me.time_zone)}
          {...form.getInputProps('timeZone')}
        />
        <Select
          label={t('account.language')}
          description={t('account.languageHint')}
          allowDeselect={false}
          data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
          {...form.getInputProps('language')}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={saving.isPending}>
            {t('common.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

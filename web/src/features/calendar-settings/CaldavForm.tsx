import { Anchor, Button, Group, PasswordInput, Radio, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '../../lib/use-form.ts';
import { useState, type ReactElement } from 'react';
import type { AccountCalendarsJson, CaldavLogin, ConnectionJson } from '../../../../src/api-contract/calendar.ts';
import { FormProblem } from '../../components/FormProblem.tsx';
import { inputFaults } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { caldavChoices, caldavService, isCaldavService, type CaldavServiceId } from './caldav-services.ts';
import { useConnectCaldav, useListCalendars } from './use-caldav.ts';

interface Props {
  /** The account that is connected again; `null`: a new one. */
  connection: ConnectionJson | null;
  /** Whether the calendar is chosen; otherwise the one that the account has is kept. */
  choosing: boolean;
  onDone: () => void;
  onCancel: () => void;
}

/** First the login, which is tried; then the calendar of the account. The password stays in this form and nowhere else. */
export function CaldavForm(props: Props): ReactElement {
  const [found, setFound] = useState<{ login: CaldavLogin; calendars: AccountCalendarsJson['items'] } | null>(null);
  if (found === null) {
    return <LoginStep {...props} onFound={(login, calendars) => setFound({ login, calendars })} />;
  }
  return <CalendarStep {...props} {...found} onBack={() => setFound(null)} />;
}

interface LoginStepProps extends Props {
  onFound: (login: CaldavLogin, calendars: AccountCalendarsJson['items']) => void;
}

function LoginStep({ connection, choosing, onFound, onDone, onCancel }: LoginStepProps): ReactElement {
  const [serviceId, setServiceId] = useState<CaldavServiceId>('icloud');
  const service = caldavService(serviceId);
  const inputs: Record<string, readonly string[]> = {
    ...(service.server === null ? { server: ['server_url'] } : {}),
    ...{ username: ['username'], password: ['password'] },
  };
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { server: '', username: connection?.account_email ?? '', password: '' },
    validate: {
      server: (value) => (service.server === null && value.trim() === '' ? t('calendar.caldav.serverMissing') : null),
      username: (value) => (value.trim() === '' ? t('calendar.caldav.usernameMissing') : null),
      password: (value) => (value === '' ? t('calendar.caldav.passwordMissing') : null),
    },
  });
  const listing = useListCalendars(onFound);
  const connecting = useConnectCaldav(onDone);
  const trying = choosing ? listing : connecting;
  const submit = form.onSubmit(({ server, username, password }) => {
    const login = { server_url: service.server ?? server.trim(), username: username.trim(), password };
    const onError = (error: unknown): void => form.setErrors(inputFaults(error, inputs));
    if (choosing) listing.mutate(login, { onError });
    else connecting.mutate(login, { onError });
  });
  return (
    <form onSubmit={submit} noValidate aria-label={t('calendar.caldav.connect')}>
      <Stack>
        <FormProblem error={trying.error} inputs={inputs} />
        <Select
          label={t('calendar.caldav.service')}
          data={caldavChoices()}
          value={serviceId}
          onChange={(value) => isCaldavService(value) && setServiceId(value)}
          allowDeselect={false}
        />
        {service.server === null && (
          <TextInput
            label={service.serverLabel}
            description={service.serverHelp}
            inputMode="url"
            autoComplete="off"
            key={form.key('server')}
            {...form.getInputProps('server')}
          />
        )}
        <TextInput
          label={service.usernameLabel}
          autoComplete="off"
          key={form.key('username')}
          {...form.getInputProps('username')}
        />
        <PasswordInput
          label={t('calendar.caldav.password')}
          description={service.passwordHelp}
          autoComplete="off"
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        {service.passwordPage !== null && (
          <Anchor href={service.passwordPage.href} target="_blank" rel="noreferrer" underline="always">
            {service.passwordPage.text}
          </Anchor>
        )}
        <Group gap="sm">
          <Button type="submit" loading={trying.isPending}>
            {choosing ? t('calendar.caldav.signIn') : t('calendar.caldav.again')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Stands for a calendar that is made for the events. */
const NEW = 'new';

interface CalendarStepProps extends Props {
  login: CaldavLogin;
  calendars: AccountCalendarsJson['items'];
  onBack: () => void;
}

function CalendarStep({ connection, login, calendars, onDone, onBack }: CalendarStepProps): ReactElement {
  const present = calendars.find(({ id }) => id === connection?.calendar.id);
  const preferred = present ?? calendars.find(({ is_default: isDefault }) => isDefault);
  const [chosen, setChosen] = useState(preferred?.id ?? NEW);
  const connecting = useConnectCaldav(onDone);
  const target = chosen === NEW ? { calendar: 'dedicated' as const } : { calendar_id: chosen };
  return (
    <Stack>
      <FormProblem error={connecting.error} />
      <Radio.Group label={t('calendar.kind.where')} value={chosen} onChange={setChosen}>
        <Stack gap="xs" mt="xs">
          {calendars.map(({ id, name }) => (
            <Radio key={id} value={id} label={name} />
          ))}
          <Radio value={NEW} label={t('calendar.kind.newOne')} description={t('calendar.kind.ownHint')} />
        </Stack>
      </Radio.Group>
      <Group gap="sm">
        <Button loading={connecting.isPending} onClick={() => connecting.mutate({ ...login, ...target })}>
          {t('calendar.caldav.connectNow')}
        </Button>
        <Button variant="default" onClick={onBack}>
          {t('calendar.caldav.back')}
        </Button>
      </Group>
    </Stack>
  );
}

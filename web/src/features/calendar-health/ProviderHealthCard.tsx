import { Button, TextInput } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { ProviderHealthJson } from '../../../../src/api-contract/health.ts';
import { Card } from '../../components/Card.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { Fact, Facts } from '../../components/Facts.tsx';
import { Icon } from '../../components/Icon.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { PROVIDER_NAMES } from '../../lib/providers.ts';
import { formatAgo } from '../../lib/time.ts';
import classes from './CalendarHealthPage.module.css';
import {
  connectionCounts,
  counted,
  CREDENTIALS,
  durationWords,
  endWords,
  providerStatus,
  rateWords,
} from './health-words.ts';
import { useNoteSecretExpiry, useSteerProvider } from './use-health.ts';

/** One calendar service: its figures, our credentials there, and its switch. */
export function ProviderHealthCard({ health }: { health: ProviderHealthJson }): ReactElement {
  const { provider, configured, lag, success_rate: rate, throttled, credentials } = health;
  return (
    <Card title={PROVIDER_NAMES[provider]} aside={<StatusTag status={providerStatus(health)} />}>
      <Facts>
        <Fact icon="people" label="Calendars">
          {connectionCounts(health)}
        </Fact>
        <Fact icon="check" label="Success">
          {rate === null
            ? 'No calls in the last hour'
            : `${rateWords(rate)}${throttled > 0 ? `, ${counted(throttled, 'call was', 'calls were')} too fast` : ''}`}
        </Fact>
        <Fact icon="clock" label="Arrival">
          {lag.p50_ms !== null &&
            lag.p95_ms !== null &&
            `${durationWords(lag.p50_ms)} (half), ${durationWords(lag.p95_ms)} (95 of 100)`}
        </Fact>
        <Fact icon="pause" label="Waits until">
          {health.blocked_until !== null && formatAgo(health.blocked_until, new Date())}
        </Fact>
        <Fact icon="key" label="Credentials">
          <StatusTag status={CREDENTIALS[credentials.outcome]} />
          <span className={classes.note}>
            {credentials.outcome !== 'unchecked' && credentials.message}
            {credentials.checked_at !== null && ` Checked ${formatAgo(credentials.checked_at, new Date())}.`}
          </span>
        </Fact>
        <Fact icon="person" label="Switched by">
          {health.paused && health.switched_by !== null && health.switched_by.name}
        </Fact>
      </Facts>
      {provider === 'outlook' && (
        <SecretExpiry key={credentials.secret_expires_on ?? 'unknown'} credentials={credentials} />
      )}
      <div className={classes.actions}>
        <PauseSwitch health={health} />
        {configured && credentials.outcome !== 'not_needed' && <CheckButton provider={provider} />}
      </div>
    </Card>
  );
}

function PauseSwitch({ health: { provider, paused } }: { health: ProviderHealthJson }): ReactElement {
  const [asking, setAsking] = useState(false);
  const name = PROVIDER_NAMES[provider];
  const pause = useSteerProvider(`${name} paused`, () => setAsking(false));
  const resume = useSteerProvider(`${name} goes on`);
  if (paused) {
    return (
      <Button loading={resume.isPending} onClick={() => resume.mutate({ provider, steering: 'resume' })}>
        Resume {name}
      </Button>
    );
  }
  return (
    <>
      <Button variant="default" leftSection={<Icon name="pause" size={16} />} onClick={() => setAsking(true)}>
        Pause {name}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={`Pause ${name} for everybody?`}
        yes="Pause"
        no="Go back"
        busy={pause.isPending}
        error={pause.error}
        onYes={() => pause.mutate({ provider, steering: 'pause' })}
        onNo={() => setAsking(false)}
      >
        <p>
          Nothing is written to these calendars until somebody resumes. What is to be written is kept, and goes out
          then.
        </p>
      </ConfirmDialog>
    </>
  );
}

function CheckButton({ provider }: { provider: ProviderHealthJson['provider'] }): ReactElement {
  const check = useSteerProvider('Checked');
  return (
    <Button variant="default" loading={check.isPending} onClick={() => check.mutate({ provider, steering: 'check' })}>
      Check credentials
    </Button>
  );
}

/** Microsoft tells nobody when a client secret ends, so its day is entered by hand. */
function SecretExpiry({ credentials }: { credentials: ProviderHealthJson['credentials'] }): ReactElement {
  const known = credentials.secret_expires_on;
  const [day, setDay] = useState(known ?? '');
  const save = useNoteSecretExpiry();
  const left = credentials.secret_days_left;
  return (
    <form
      className={classes.actions}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ provider: 'outlook', day: day === '' ? null : day });
      }}
    >
      <TextInput
        type="date"
        label="Client secret ends on"
        description={left === null ? 'As Microsoft Entra shows it.' : `It ${endWords(left)}.`}
        min="2000-01-01"
        max="2199-12-31"
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
        flex="1 1 10rem"
      />
      <Button type="submit" variant="default" loading={save.isPending} disabled={day === (known ?? '')}>
        Save day
      </Button>
      {credentials.secret_ends_soon && (
        <StatusTag status={{ tone: 'warn', icon: 'alert', word: `Secret ${endWords(left ?? 0)}` }} />
      )}
    </form>
  );
}

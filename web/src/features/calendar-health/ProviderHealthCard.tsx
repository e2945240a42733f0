import { Button, TextInput } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { ProviderHealthJson } from '../../../../src/api-contract/health.ts';
import { Card } from '../../components/Card.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { Fact, Facts } from '../../components/Facts.tsx';
import { Icon } from '../../components/Icon.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { calendarName } from '../../lib/providers.ts';
import { t } from '../../lib/t.ts';
import { formatAgo } from '../../lib/time.ts';
import classes from './CalendarHealthPage.module.css';
import {
  connectionCounts,
  credentialsStatus,
  credentialsWords,
  durationWords,
  endTag,
  endWords,
  providerStatus,
  rateWords,
} from './health-words.ts';
import { useNoteSecretExpiry, useSteerProvider } from './use-health.ts';

/** One calendar service: its figures, our credentials there, and its switch. */
export function ProviderHealthCard({ health }: { health: ProviderHealthJson }): ReactElement {
  const { provider, configured, lag, success_rate: rate, throttled, credentials } = health;
  return (
    <Card title={calendarName(provider)} aside={<StatusTag status={providerStatus(health)} />}>
      <Facts>
        <Fact icon="people" label={t('health.provider.calendars')}>
          {connectionCounts(health)}
        </Fact>
        <Fact icon="check" label={t('health.provider.success')}>
          {successWords(rate, throttled)}
        </Fact>
        <Fact icon="clock" label={t('health.provider.arrival')}>
          {lag.p50_ms !== null &&
            lag.p95_ms !== null &&
            t('health.provider.arrivals', { half: durationWords(lag.p50_ms), most: durationWords(lag.p95_ms) })}
        </Fact>
        <Fact icon="pause" label={t('health.provider.waitsUntil')}>
          {health.blocked_until !== null && formatAgo(health.blocked_until, new Date())}
        </Fact>
        <Fact icon="key" label={t('health.provider.credentials')}>
          <StatusTag status={credentialsStatus(credentials)} />
          <span className={classes.note}>
            {credentials.outcome !== 'unchecked' && credentialsWords(credentials)}
            {credentials.checked_at !== null &&
              ` ${t('health.provider.checkedAt', { ago: formatAgo(credentials.checked_at, new Date()) })}`}
          </span>
        </Fact>
        <Fact icon="person" label={t('health.provider.switchedBy')}>
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

function successWords(rate: number | null, throttled: number): string {
  if (rate === null) return t('health.provider.noCalls');
  return throttled > 0 ? t('health.provider.tooFast', { rate: rateWords(rate), count: throttled }) : rateWords(rate);
}

function PauseSwitch({ health: { provider, paused } }: { health: ProviderHealthJson }): ReactElement {
  const [asking, setAsking] = useState(false);
  const name = calendarName(provider);
  const pause = useSteerProvider(t('health.provider.pausedNow', { calendar: name }), {
    onDone: () => setAsking(false),
    // The question stays open and shows it.
    onError: () => {},
  });
  const resume = useSteerProvider(t('health.provider.goesOn', { calendar: name }));
  if (paused) {
    return (
      <Button loading={resume.isPending} onClick={() => resume.mutate({ provider, steering: 'resume' })}>
        {t('health.provider.resume', { calendar: name })}
      </Button>
    );
  }
  return (
    <>
      <Button variant="default" leftSection={<Icon name="pause" size={16} />} onClick={() => setAsking(true)}>
        {t('health.provider.pause', { calendar: name })}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('health.provider.pauseAsk', { calendar: name })}
        yes={t('health.provider.pauseYes')}
        no={t('health.provider.goBack')}
        busy={pause.isPending}
        error={pause.error}
        onYes={() => pause.mutate({ provider, steering: 'pause' })}
        onNo={() => setAsking(false)}
      >
        <p>{t('health.provider.pauseText')}</p>
      </ConfirmDialog>
    </>
  );
}

function CheckButton({ provider }: { provider: ProviderHealthJson['provider'] }): ReactElement {
  const check = useSteerProvider(t('health.provider.checked'));
  return (
    <Button variant="default" loading={check.isPending} onClick={() => check.mutate({ provider, steering: 'check' })}>
      {t('health.provider.check')}
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
        label={t('health.provider.secretEndsOn')}
        description={left === null ? t('health.provider.secretHint') : endWords(left)}
        min="2000-01-01"
        max="2199-12-31"
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
        flex="1 1 10rem"
      />
      <Button type="submit" variant="default" loading={save.isPending} disabled={day === (known ?? '')}>
        {t('health.provider.saveDay')}
      </Button>
      {credentials.secret_ends_soon && <StatusTag status={{ tone: 'warn', icon: 'alert', word: endTag(left ?? 0) }} />}
    </form>
  );
}

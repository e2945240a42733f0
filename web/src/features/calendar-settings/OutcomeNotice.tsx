import { Button, Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, type ReactElement } from 'react';
import { StatusStrip } from '../../components/StatusTag.tsx';
import { strong } from '../../components/strong.tsx';
import { messageOf, Problem } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { tellDone } from '../../lib/tell.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import { useUser } from '../../lib/user.ts';
import { AdminConsentLink } from './AdminConsentLink.tsx';
import { confirmConnect, type OAuthProvider } from './api/connect.ts';
import { adminConsentWords, connectedWords, errorWords, providerName, type Outcome } from './outcome-words.ts';

/** Tells how the way to the provider and back has ended. */
export function OutcomeNotice(props: {
  outcome: Outcome;
  /** Where an administrator allows us at Microsoft; `null` while it is not known. */
  adminConsentUrl: string | null;
  onSeen: () => void;
}): ReactElement | null {
  const { outcome, adminConsentUrl, onSeen } = props;
  useConnectedToast(outcome.connected, onSeen);
  const provider = outcome.provider;
  if (outcome.confirm !== undefined && (provider === 'google' || provider === 'outlook')) {
    const otherAccount = outcome.reason === 'other_account';
    return <ConfirmQuestion {...{ flowId: outcome.confirm, provider, otherAccount, onSeen }} />;
  }
  if (outcome.admin_consent === 'granted') return <AdminConsentGranted provider={provider} onSeen={onSeen} />;
  if (outcome.error === undefined) return null;
  const askAdministrator = outcome.error === 'admin_consent_required' && provider === 'outlook';
  const words = errorWords(outcome.error, provider);
  return (
    <div role="alert">
      <StatusStrip
        tone={outcome.error === 'access_denied' ? 'warn' : 'bad'}
        icon="alert"
        title={words.title}
        action={
          <Button variant="default" size="xs" onClick={onSeen}>
            {t('calendar.outcome.gotIt')}
          </Button>
        }
      >
        <p>{words.text}</p>
        {askAdministrator && adminConsentUrl !== null && <AdminConsentLink url={adminConsentUrl} />}
      </StatusStrip>
    </div>
  );
}

/** Seen by the administrator who has just allowed us for everybody. */
function AdminConsentGranted(props: { provider: string | undefined; onSeen: () => void }): ReactElement {
  const words = adminConsentWords(props.provider);
  return (
    <div role="status">
      <StatusStrip
        tone="good"
        icon="check"
        title={words.title}
        action={
          <Button variant="default" size="xs" onClick={props.onSeen}>
            {t('calendar.outcome.gotIt')}
          </Button>
        }
      >
        <p>{words.text}</p>
      </StatusStrip>
    </div>
  );
}

/** Once for each arrival: React runs effects twice while developing. */
function useConnectedToast(provider: string | undefined, onSeen: () => void): void {
  const client = useQueryClient();
  const told = useRef<string | null>(null);
  useEffect(() => {
    if (provider === undefined || told.current === provider) return;
    told.current = provider;
    const { title, text } = connectedWords(provider);
    tellDone(title, text);
    void client.invalidateQueries({ queryKey: ['calendar'] });
    onSeen();
  }, [provider, onSeen, client]);
}

/**
 * The consent came back in another browser than the one that asked for it, or from another account than the one that
 * needs its owner: only they may finish here.
 */
function ConfirmQuestion(props: {
  flowId: string;
  provider: OAuthProvider;
  otherAccount: boolean;
  onSeen: () => void;
}): ReactElement {
  const { otherAccount } = props;
  const user = useUser();
  const client = useQueryClient();
  const confirming = useMutation({
    mutationFn: (replace: boolean) => confirmConnect(props.provider, props.flowId, replace),
    onSuccess: async () => {
      const { title, text } = connectedWords(props.provider);
      tellDone(title, text);
      props.onSeen();
      await client.invalidateQueries({ queryKey: ['calendar'] });
    },
  });
  const name = providerName(props.provider);
  return (
    <section aria-label={t('calendar.outcome.finish', { calendar: name })}>
      <StatusStrip
        tone={confirming.isError ? 'bad' : 'busy'}
        icon={confirming.isError ? 'alert' : 'link'}
        title={
          confirming.isError
            ? t('calendar.outcome.notConnected', { calendar: name })
            : questionTitle(name, otherAccount)
        }
        action={
          <Group gap="sm">
            {!confirming.isError && otherAccount && (
              <Button loading={confirming.isPending} onClick={() => confirming.mutate(true)}>
                {t('calendar.outcome.otherInstead')}
              </Button>
            )}
            {!confirming.isError && (
              <Button
                variant={otherAccount ? 'default' : 'filled'}
                loading={confirming.isPending}
                onClick={() => confirming.mutate(false)}
              >
                {otherAccount ? t('calendar.outcome.otherBoth') : t('calendar.outcome.finishYes')}
              </Button>
            )}
            <Button variant="default" onClick={props.onSeen}>
              {confirming.isError ? t('calendar.outcome.gotIt') : t('calendar.outcome.finishNo')}
            </Button>
          </Group>
        }
      >
        <div role={confirming.isError ? 'alert' : undefined}>
          {confirming.isError ? (
            <p>{confirmFailure(confirming.error)}</p>
          ) : otherAccount ? (
            <p>{t('calendar.outcome.otherText')}</p>
          ) : (
            <p>{t.rich('calendar.outcome.finishText', { name: user.name, email: user.email, b: strong })}</p>
          )}
        </div>
      </StatusStrip>
    </section>
  );
}

function questionTitle(name: string, otherAccount: boolean): string {
  return t(otherAccount ? 'calendar.outcome.other' : 'calendar.outcome.finishAsk', { calendar: name });
}

function confirmFailure(error: unknown): string {
  if (error instanceof Problem && [404, 409, 410].includes(error.status)) {
    return t('calendar.outcome.finishLate');
  }
  return messageOf(error);
}

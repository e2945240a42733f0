import { useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type {
  FailingGroupJson,
  ReminderOutcomeJson,
  SyncHealthJson,
  WatchedConnectionJson,
} from '../../../../src/api-contract/health.ts';
import type { Provider } from '../../lib/providers.ts';
import { BUSINESS } from '../../lib/business.ts';
import { t } from '../../lib/t.ts';
import { tellDone, tellFailure, tellWarning } from '../../lib/tell.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import {
  healthQuery,
  noteSecretExpiry,
  remindOwners,
  retryFailing,
  steerConnection,
  steerProvider,
  type Steering,
} from './api/health.ts';
import { reminderWords } from './health-words.ts';

/** What is tried again is done soon after: the page looks again then. */
const AFTER_RETRY_MS = 2000;

/** Everything on the page hangs together, so all of it is asked for again. */
function useRefresh(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['calendar-health'] });
}

function failed(error: Error): void {
  tellFailure(t('common.didNotWork'), error);
}

export function useRetryFailing(): UseMutationResult<number, Error, Pick<FailingGroupJson, 'provider' | 'code'>> {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: retryFailing,
    onSuccess: async (count) => {
      tellDone(t('health.retrying'), t('health.failing.events', { count }));
      setTimeout(() => void refresh(), AFTER_RETRY_MS);
      await refresh();
    },
    onError: failed,
  });
}

const STEERED = {
  pause: 'health.connections.paused',
  resume: 'health.connections.resumed',
  retry: 'health.retrying',
} as const satisfies Record<Steering, string>;

export function useSteerConnection(): UseMutationResult<
  WatchedConnectionJson,
  Error,
  { id: number; steering: Steering }
> {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, steering }) => steerConnection(id, steering),
    onSuccess: async (connection, { steering }) => {
      const { user, account_email: account } = connection;
      tellDone(t(STEERED[steering]), t('health.connections.whose', { name: user.name, account }));
      await refresh();
    },
    onError: failed,
  });
}

export function useRemind(onDone: () => void): UseMutationResult<ReminderOutcomeJson, Error, readonly number[]> {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: remindOwners,
    onSuccess: async (outcome) => {
      const { title, message } = reminderWords(outcome, BUSINESS.isMailed);
      if (message !== '') tellWarning(title, message);
      else tellDone(title);
      onDone();
      await refresh();
    },
    onError: failed,
  });
}

/** `onError`: where a failure is shown by who asks; it is told otherwise. */
export function useSteerProvider(
  done: string,
  { onDone = () => {}, onError = failed }: { onDone?: () => void; onError?: (error: Error) => void } = {},
): UseMutationResult<SyncHealthJson, Error, { provider: Provider; steering: 'pause' | 'resume' | 'check' }> {
  const client = useQueryClient();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ provider, steering }) => steerProvider(provider, steering),
    onSuccess: async (health) => {
      client.setQueryData(healthQuery().queryKey, health);
      tellDone(done);
      onDone();
      await refresh();
    },
    onError,
  });
}

export function useNoteSecretExpiry(): UseMutationResult<
  SyncHealthJson,
  Error,
  { provider: Provider; day: string | null }
> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ provider, day }) => noteSecretExpiry(provider, day),
    onSuccess: (health) => {
      client.setQueryData(healthQuery().queryKey, health);
      tellDone(t('health.saved'), t('health.provider.warned'));
    },
    onError: failed,
  });
}

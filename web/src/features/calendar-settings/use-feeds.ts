import { useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type { CreateFeedRequest, NewFeedJson } from '../../../../src/api-contract/feeds.ts';
import { t } from '../../lib/t.ts';
import { tellDone } from '../../lib/tell.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import { createFeed, revokeFeed, rotateFeed } from './api/feeds.ts';

/** `onMade` gets the feed with its address, which is told once. */
export function useCreateFeed(
  onMade: (feed: NewFeedJson) => void,
): UseMutationResult<NewFeedJson, Error, CreateFeedRequest> {
  return useNewAddress(createFeed, onMade);
}

/** As `useCreateFeed`, for one that there is already. */
export function useRotateFeed(onMade: (feed: NewFeedJson) => void): UseMutationResult<NewFeedJson, Error, number> {
  return useNewAddress(rotateFeed, onMade);
}

function useNewAddress<In>(
  make: (input: In) => Promise<NewFeedJson>,
  onMade: (feed: NewFeedJson) => void,
): UseMutationResult<NewFeedJson, Error, In> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: In) => make(input),
    onSuccess: async (feed) => {
      onMade(feed);
      await client.invalidateQueries({ queryKey: ['calendar'] });
    },
  });
}

export function useRevokeFeed(onDone: () => void): UseMutationResult<void, Error, number> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: revokeFeed,
    onSuccess: async () => {
      onDone();
      tellDone(t('calendar.subscribe.revoked'), t('calendar.subscribe.revokedMore'));
      await client.invalidateQueries({ queryKey: ['calendar'] });
    },
  });
}

import { Button, Group, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { ConnectionJson } from '../../../../src/api-contract/calendar.ts';
import { t } from '../../lib/t.ts';
import { tellDone, tellFailure } from '../../lib/tell.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import { answerGuard, type GuardAnswer } from './api/answer-guard.ts';
import { guardWords } from './connection-words.ts';

/** Asks whether much of a calendar may disappear; nothing happens to it before. */
export function GuardQuestion(props: {
  connectionId: number;
  question: NonNullable<ConnectionJson['question']>;
}): ReactElement {
  const client = useQueryClient();
  const words = guardWords(props.question);
  const answering = useMutation({
    mutationFn: (answer: GuardAnswer) => answerGuard(props.connectionId, answer),
    onSuccess: async () => {
      tellDone(t('calendar.guard.thanks'), t('calendar.guard.goesOn'));
      await client.invalidateQueries({ queryKey: ['calendar'] });
    },
    onError: (error) => tellFailure(t('calendar.guard.notTaken'), error),
  });
  const answer = (value: GuardAnswer): (() => void) => {
    return () => answering.mutate(value);
  };
  return (
    <section aria-label={words.question}>
      <Stack gap="sm">
        <p>
          <strong>{words.question}</strong> {words.explanation}
        </p>
        <Group gap="sm">
          <Button loading={answering.isPending} onClick={answer('keep')}>
            {words.keep}
          </Button>
          <Button variant="default" disabled={answering.isPending} onClick={answer('proceed')}>
            {words.proceed}
          </Button>
        </Group>
      </Stack>
    </section>
  );
}

import { Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { MailChoiceJson } from '../../../../src/api-contract/calendar.ts';
import { OuterFrame } from '../../components/OuterFrame.tsx';
import { StatusStrip } from '../../components/StatusTag.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { messageOf } from '../../lib/problem.ts';
import { unsubscribe } from './api/unsubscribe.ts';

/** What each kind is called where people read it. */
const NAMES: Readonly<Record<MailChoiceJson, string>> = {
  appointment_changes: 'files by e-mail when your appointments change',
  appointment_files: 'calendar files that are asked for in your account',
  team_absences: 'mails that tell when somebody of your team can’t come',
  calendar_trouble: 'mails that tell when a calendar needs you',
  weekly_overview: 'the weekly overview',
};

/** Where the link at the foot of a mail leads. It asks first: programs follow links, too. */
export function UnsubscribePage(props: { mails: MailChoiceJson | undefined; token: string }): ReactElement {
  const { mails, token } = props;
  const stopping = useMutation({ mutationFn: () => unsubscribe(token) });
  const readable = mails !== undefined && token !== '';
  return (
    <OuterFrame title="E-mail" lead={readable ? `This stops ${NAMES[mails]}. Everything else stays as it is.` : ''}>
      <Stack>
        {!readable && (
          <StatusStrip tone="warn" icon="alert" title="This link is not complete">
            <p>Sign in and choose your mails in the settings.</p>
          </StatusStrip>
        )}
        {stopping.isError && (
          <div role="alert">
            <StatusStrip tone="bad" icon="alert" title="That didn’t work">
              <p>{messageOf(stopping.error)}</p>
            </StatusStrip>
          </div>
        )}
        {stopping.isSuccess && (
          <div role="status">
            <StatusStrip tone="good" icon="check" title="You won’t get these mails any more">
              <p>You can switch them on again in the settings.</p>
            </StatusStrip>
          </div>
        )}
        {readable && !stopping.isSuccess && (
          <Button fullWidth loading={stopping.isPending} onClick={() => stopping.mutate()}>
            Stop these mails
          </Button>
        )}
        <p>
          <TextLink to="/settings/calendar" underline="always">
            Choose your mails in the settings
          </TextLink>
        </p>
      </Stack>
    </OuterFrame>
  );
}

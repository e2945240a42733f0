import { Stack, Switch } from '@mantine/core';
import type { ReactElement } from 'react';
import type { MailChoiceJson, MailsJson } from '../../../../src/api-contract/calendar.ts';
import { Card } from '../../components/Card.tsx';
import { StatusStrip } from '../../components/StatusTag.tsx';
import type { SessionUser } from '../../lib/session.ts';
import { useUser } from '../../lib/user.ts';
import { useChangeCalendar } from './use-calendar-actions.ts';

const PLANNERS: readonly SessionUser['role'][] = ['manager', 'admin'];

const CHOICES: readonly {
  choice: MailChoiceJson;
  label: string;
  description: string;
  /** Whom it can concern; everybody when left out. */
  roles?: readonly SessionUser['role'][];
}[] = [
  {
    choice: 'team_absences',
    label: 'Tell me when somebody of my team can’t come',
    description:
      'Who, to which visits and why, as soon as they say so; administrators hear of those without a manager.',
    roles: PLANNERS,
  },
  {
    choice: 'appointment_changes',
    label: 'Send me a file by e-mail when my appointments change',
    description:
      'For those who have not connected a calendar: whenever one is confirmed, moved or cancelled, a file to open comes by e-mail. A connected calendar follows by itself, so nothing is sent.',
  },
  {
    choice: 'weekly_overview',
    label: 'Weekly overview',
    description: 'Your appointments of the week, on Monday morning. Nothing is sent when there are none.',
  },
  {
    choice: 'calendar_trouble',
    label: 'Tell me when a calendar needs me',
    description: 'When your calendar can no longer be reached before you have signed in there again.',
  },
  {
    choice: 'appointment_files',
    label: 'Send me files that I ask for',
    description: 'Holds for the button “Send me the file” on the page of an appointment.',
  },
];

/** Which mails the reader gets. */
export function MailPreferences({ mails }: { mails: MailsJson }): ReactElement {
  const { role } = useUser();
  const change = useChangeCalendar(() => 'E-mail settings saved');
  const choices = CHOICES.filter(({ roles }) => roles === undefined || roles.includes(role));
  return (
    <Card title="E-mail">
      <Stack gap="lg">
        {mails.delivery === 'outbox' && <NoMailServer />}
        {choices.map(({ choice, label, description }) => (
          <Switch
            key={choice}
            label={label}
            description={description}
            checked={mails[choice]}
            disabled={change.isPending}
            onChange={(event) => change.mutate({ mails: { [choice]: event.currentTarget.checked } })}
          />
        ))}
      </Stack>
    </Card>
  );
}

/** Whoever waits for a mail has to know that none will come; who can mend it is told how. */
function NoMailServer(): ReactElement {
  const { role } = useUser();
  return (
    <StatusStrip tone="warn" icon="info" title="No e-mail is sent at present">
      <p>
        {role === 'admin'
          ? 'No mail server is set up. Mails are kept as files in DATA_DIR/outbox. Set SMTP_URL and MAIL_FROM to send them.'
          : 'E-mail is not set up here yet, so nothing reaches your letter box. Your choices are kept.'}
      </p>
    </StatusStrip>
  );
}

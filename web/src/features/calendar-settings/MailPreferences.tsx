import { Stack, Switch } from '@mantine/core';
import type { ReactElement } from 'react';
import type { MailChoiceJson, MailsJson } from '../../../../src/api-contract/calendar.ts';
import { Card } from '../../components/Card.tsx';
import { StatusStrip } from '../../components/StatusTag.tsx';
import type { SessionUser } from '../../lib/session.ts';
import { t } from '../../lib/t.ts';
import { useUser } from '../../lib/user.ts';
import { useChangeCalendar } from './use-calendar-actions.ts';

const PLANNERS: readonly SessionUser['role'][] = ['manager', 'admin'];

const CHOICES: readonly {
  choice: MailChoiceJson;
  /** Whom it can concern; everybody when left out. */
  roles?: readonly SessionUser['role'][];
}[] = [
  { choice: 'team_absences', roles: PLANNERS },
  { choice: 'reschedule_requests', roles: PLANNERS },
  { choice: 'appointment_changes' },
  { choice: 'weekly_overview' },
  { choice: 'request_answers', roles: ['customer'] },
  { choice: 'calendar_trouble' },
  { choice: 'appointment_files' },
];

/** Which mails the reader gets. */
export function MailPreferences({ mails }: { mails: MailsJson }): ReactElement {
  const { role } = useUser();
  const change = useChangeCalendar(() => t('calendar.mails.saved'));
  const choices = CHOICES.filter(({ roles }) => roles === undefined || roles.includes(role));
  return (
    <Card title={t('calendar.mails.title')}>
      <Stack gap="lg">
        {mails.delivery === 'outbox' && <NoMailServer />}
        {choices.map(({ choice }) => (
          <Switch
            key={choice}
            label={t(`calendar.mails.${choice}.label`)}
            description={t(`calendar.mails.${choice}.hint`)}
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
    <StatusStrip tone="warn" icon="info" title={t('calendar.mails.off')}>
      <p>{role === 'admin' ? t('calendar.mails.offForAdmin') : t('calendar.mails.offMore')}</p>
    </StatusStrip>
  );
}

import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { APPOINTMENT_STATUS } from '../../components/appointment-words.ts';
import { Card } from '../../components/Card.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Empty, Failure, Loading } from '../../components/Notices.tsx';
import { Page } from '../../components/Page.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { Problem } from '../../lib/problem.ts';
import { dayWord, foreignZone, formatDay, formatTimes } from '../../lib/time.ts';
import { useUser } from '../../lib/user.ts';
import { appointmentQuery } from './api/get-appointment.ts';
import { AppointmentActions } from './AppointmentActions.tsx';
import { AppointmentFacts } from './AppointmentFacts.tsx';
import classes from './AppointmentPage.module.css';
import { CalendarLedger } from './CalendarLedger.tsx';
import { DownloadFile } from './DownloadFile.tsx';
import { MailFile } from './MailFile.tsx';

export function AppointmentPage({ id }: { id: number }): ReactElement {
  const query = useQuery(appointmentQuery(id));
  if (query.isPending) {
    return (
      <Page title="Appointment" above={<Back />}>
        <Loading what="the appointment" />
      </Page>
    );
  }
  if (query.isError) {
    return (
      <Page title="Appointment" above={<Back />}>
        <NotShown error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  return <Shown appointment={query.data} />;
}

function Shown({ appointment }: { appointment: AppointmentJson }): ReactElement {
  return (
    <Page
      title={appointment.service.name}
      above={<Back />}
      below={<When appointment={appointment} />}
      actions={
        <>
          <DownloadFile appointmentId={appointment.id} />
          <MailFile appointmentId={appointment.id} />
        </>
      }
    >
      <div className={classes.cards}>
        <Card title="Details" aside={<StatusTag status={APPOINTMENT_STATUS[appointment.status]} />}>
          <AppointmentFacts appointment={appointment} />
          <AppointmentActions appointment={appointment} />
        </Card>
        <CalendarLedger appointment={appointment} />
      </div>
    </Page>
  );
}

function When({ appointment }: { appointment: AppointmentJson }): ReactElement {
  const { starts_at: start, ends_at: end, time_zone: zone } = appointment;
  const now = new Date();
  const word = dayWord(start, zone, now);
  const day = formatDay(start, zone, now);
  const foreign = foreignZone(zone);
  return (
    <p className={classes.when}>
      <strong>
        {word === null ? day : `${word}, ${day}`}, {formatTimes(start, end, zone)}
      </strong>
      {foreign !== null && <span> ({foreign})</span>}
    </p>
  );
}

function Back(): ReactElement {
  const { role } = useUser();
  return (
    <TextLink to="/appointments" className={classes.back}>
      <Icon name="arrowLeft" size={18} />
      {role === 'customer' || role === 'staff' ? 'My appointments' : 'Appointments'}
    </TextLink>
  );
}

function NotShown({ error, onRetry }: { error: unknown; onRetry: () => void }): ReactElement {
  if (error instanceof Problem && error.status === 404) {
    return (
      <Empty icon="info" title="There is no such appointment">
        <p>It may have been removed, or it is somebody else’s.</p>
      </Empty>
    );
  }
  return <Failure title="The appointment can’t be shown" error={error} onRetry={onRetry} />;
}

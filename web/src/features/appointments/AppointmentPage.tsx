import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { appointmentStatus } from '../../components/appointment-words.ts';
import { Card } from '../../components/Card.tsx';
import { DownloadFile } from '../../components/DownloadFile.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Empty, Failure, Loading } from '../../components/Notices.tsx';
import { Page } from '../../components/Page.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { Problem } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { useUser } from '../../lib/user.ts';
import { appointmentQuery } from './api/get-appointment.ts';
import { AbsenceNotice } from './AbsenceNotice.tsx';
import { AppointmentActions } from './AppointmentActions.tsx';
import { AppointmentFacts } from './AppointmentFacts.tsx';
import classes from './AppointmentPage.module.css';
import { CalendarLedger } from './CalendarLedger.tsx';
import { MailFile } from './MailFile.tsx';
import { whenWords } from './when-words.ts';
import { RequestCard } from './requests/RequestCard.tsx';

export function AppointmentPage({ id }: { id: number }): ReactElement {
  const query = useQuery(appointmentQuery(id));
  if (query.isPending) {
    return (
      <Page title={t('appointments.one.title')} above={<Back />}>
        <Loading words={t('appointments.one.loading')} />
      </Page>
    );
  }
  if (query.isError) {
    return (
      <Page title={t('appointments.one.title')} above={<Back />}>
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
          <DownloadFile of={{ kind: 'appointment', id: appointment.id }} />
          <MailFile appointmentId={appointment.id} />
        </>
      }
    >
      <div className={classes.cards}>
        <AbsenceNotice appointment={appointment} />
        <RequestCard appointment={appointment} />
        <Card title={t('appointments.one.details')} aside={<StatusTag status={appointmentStatus(appointment)} />}>
          <AppointmentFacts appointment={appointment} />
          <AppointmentActions appointment={appointment} />
        </Card>
        <CalendarLedger appointment={appointment} />
      </div>
    </Page>
  );
}

function When({ appointment }: { appointment: AppointmentJson }): ReactElement {
  return (
    <p className={classes.when}>
      <strong>{whenWords(appointment, new Date())}</strong>
    </p>
  );
}

function Back(): ReactElement {
  const { role } = useUser();
  return (
    <TextLink to="/appointments" className={classes.back}>
      <Icon name="arrowLeft" size={18} />
      {role === 'customer' || role === 'staff' ? t('appointments.mine') : t('appointments.title')}
    </TextLink>
  );
}

function NotShown({ error, onRetry }: { error: unknown; onRetry: () => void }): ReactElement {
  if (error instanceof Problem && error.status === 404) {
    return (
      <Empty icon="info" title={t('appointments.one.notThere')}>
        <p>{t('appointments.one.notThereNext')}</p>
      </Empty>
    );
  }
  return <Failure title={t('appointments.one.notShown')} error={error} onRetry={onRetry} />;
}

import { Button } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { AppointmentJson, RescheduleRequestJson } from '../../../../../src/api-contract/appointments.ts';
import { Card } from '../../../components/Card.tsx';
import { Fact, Facts } from '../../../components/Facts.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { StatusTag } from '../../../components/StatusTag.tsx';
import { BUSINESS } from '../../../lib/business.ts';
import { t } from '../../../lib/t.ts';
import { tellFailure } from '../../../lib/tell.ts';
import { acceptReschedule, withdrawReschedule } from '../api/reschedule-request.ts';
import { useAppointmentChange } from '../use-appointment-change.ts';
import { useClashes } from '../use-clashes.ts';
import { wallClock } from '../../../lib/time.ts';
import { DeclineDialog } from './DeclineDialog.tsx';
import { isWorthShowing, proposalWords, requestStatus } from './request-words.ts';
import classes from './Requests.module.css';

type Proposal = RescheduleRequestJson['proposals'][number];

/** The customer's wish for another time, with what its reader can do about it. */
export function RequestCard({ appointment }: { appointment: AppointmentJson }): ReactElement | null {
  const { reschedule_request: request, role } = appointment;
  if (request === undefined || !isWorthShowing(appointment)) return null;
  const mine = role === 'customer';
  const planning = !mine && request.state === 'open';
  return (
    <Card
      title={mine ? t('requests.yours') : t('requests.theirs')}
      aside={<StatusTag status={requestStatus(request)} />}
    >
      <Facts>
        <Fact icon="alert" label={mine ? t('requests.ourAnswer') : t('requests.yourAnswer')}>
          {answerWords(request)}
        </Fact>
        <Fact icon="note" label={t('requests.noteLabel')}>
          {request.note}
        </Fact>
      </Facts>
      <ol className={classes.proposals}>
        {request.proposals.map((proposal) => (
          <li key={proposal.number} data-chosen={proposal.number === request.accepted || undefined}>
            <Proposed appointment={appointment} request={request} proposal={proposal} planning={planning} />
          </li>
        ))}
      </ol>
      {planning && <Decline appointment={appointment} request={request} />}
      {mine && request.state === 'open' && <Withdraw appointment={appointment} />}
    </Card>
  );
}

function answerWords({ state, reason }: RescheduleRequestJson): string | null {
  if (state === 'declined') return reason;
  return state === 'ended' ? t('requests.endedText') : null;
}

function Proposed(props: {
  appointment: AppointmentJson;
  request: RescheduleRequestJson;
  proposal: Proposal;
  planning: boolean;
}): ReactElement {
  const { appointment, request, proposal, planning } = props;
  const words = proposalWords(proposal, appointment.time_zone, new Date());
  return (
    <>
      <span className={classes.time}>{words}</span>
      {proposal.number === request.accepted && (
        <StatusTag status={{ tone: 'good', icon: 'check', word: t('requests.thisOne') }} />
      )}
      {planning && <Accept appointment={appointment} request={request} proposal={proposal} words={words} />}
    </>
  );
}

/** Says first who of the team is busy then: it can be accepted anyway, as any other move. */
function Accept(props: {
  appointment: AppointmentJson;
  request: RescheduleRequestJson;
  proposal: Proposal;
  words: string;
}): ReactElement {
  const { appointment, request, proposal, words } = props;
  const clashes = useClashes(appointment, wallClock(proposal.starts_at, appointment.time_zone));
  const busy = appointment.staff.flatMap(({ id, name }) => {
    const clash = clashes.wordsFor(id);
    return clash === null ? [] : [t('requests.busyPerson', { name, what: clash })];
  });
  const accepting = useAppointmentChange({
    appointment,
    run: () =>
      acceptReschedule(appointment.id, {
        request_id: request.id,
        number: proposal.number,
        version: appointment.version,
      }),
    done: t('requests.accepted'),
    message: BUSINESS.isMailed ? t('requests.acceptedMore') : t('requests.acceptedMoreHere'),
    onDone: () => undefined,
  });
  return (
    <>
      <Button
        variant={busy.length === 0 ? 'filled' : 'default'}
        loading={accepting.isPending}
        leftSection={<Icon name="check" size={18} />}
        aria-label={t('requests.acceptThis', { time: words })}
        onClick={() =>
          accepting.mutate(undefined, { onError: (error) => tellFailure(t('requests.notAccepted'), error) })
        }
      >
        {t('requests.accept')}
      </Button>
      {busy.length > 0 && <p className={classes.busy}>{t('requests.notFree', { who: busy.join('; ') })}</p>}
    </>
  );
}

function Decline(props: { appointment: AppointmentJson; request: RescheduleRequestJson }): ReactElement {
  const [open, setOpen] = useState(false);
  return (
    <div className={classes.actions}>
      <Button variant="default" leftSection={<Icon name="cross" size={18} />} onClick={() => setOpen(true)}>
        {t('requests.decline')}
      </Button>
      {open && <DeclineDialog {...props} onClose={() => setOpen(false)} />}
    </div>
  );
}

function Withdraw({ appointment }: { appointment: AppointmentJson }): ReactElement {
  const withdrawing = useAppointmentChange({
    appointment,
    run: () => withdrawReschedule(appointment.id),
    done: t('requests.withdrawn'),
    message: t('requests.withdrawnMore'),
    onDone: () => undefined,
  });
  return (
    <div className={classes.actions}>
      <Button
        variant="default"
        loading={withdrawing.isPending}
        onClick={() =>
          withdrawing.mutate(undefined, { onError: (error) => tellFailure(t('requests.notWithdrawn'), error) })
        }
      >
        {t('requests.withdraw')}
      </Button>
    </div>
  );
}

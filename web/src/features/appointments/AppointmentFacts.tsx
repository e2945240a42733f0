import type { ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { teamWords } from '../../components/appointment-words.ts';
import { Fact, Facts } from '../../components/Facts.tsx';
import { MailLink, PhoneLink, PlaceLink } from '../../components/Reach.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { formatMoney } from '../../lib/money.ts';
import { t } from '../../lib/t.ts';
import { arrivalWords, formatDuration, viewerZone } from '../../lib/time.ts';
import { useUser } from '../../lib/user.ts';

/** What the API lets the reader know. Fields that their role may not see are absent, so their lines are, too. */
export function AppointmentFacts({ appointment }: { appointment: AppointmentJson }): ReactElement {
  const { role } = appointment;
  const seesOrders = useUser().role !== 'staff';
  const { starts_at: start, arrival_window_minutes: window, customer } = appointment;
  const order = t('appointments.one.orderNumber', { id: String(appointment.order_id) });
  const minutes = Math.round((Date.parse(appointment.ends_at) - Date.parse(start)) / 60_000);
  return (
    <Facts>
      <Fact
        icon="clock"
        label={role === 'customer' ? t('appointments.one.arrival') : t('appointments.one.customerWasTold')}
      >
        {arrivalWords(start, window, viewerZone())}
      </Fact>
      <Fact icon="clock" label={t('appointments.one.takes')}>
        {formatDuration(minutes)}
      </Fact>
      <Fact icon="pin" label={t('appointments.one.where')}>
        <PlaceLink place={appointment.address} />
      </Fact>
      <Fact icon="key" label={t('appointments.one.gettingIn')}>
        {appointment.address.access_notes}
      </Fact>
      <Fact icon="person" label={t('appointments.one.customer')}>
        {customer?.name}
      </Fact>
      <Fact icon="phone" label={t('appointments.one.phone')}>
        {customer?.phone && <PhoneLink phone={customer.phone} />}
      </Fact>
      <Fact icon="mail" label={t('appointments.one.email')}>
        {customer?.email && <MailLink email={customer.email} />}
      </Fact>
      <Fact icon="people" label={role === 'customer' ? t('appointments.one.yourTeam') : t('appointments.one.team')}>
        {teamWords(appointment.staff)}
      </Fact>
      <Fact icon="note" label={t('appointments.one.notes')}>
        {appointment.notes}
      </Fact>
      <Fact icon="note" label={t('appointments.one.internalNotes')}>
        {appointment.internal_notes}
      </Fact>
      <Fact icon="price" label={t('appointments.one.price')}>
        {price(appointment)}
      </Fact>
      <Fact icon="order" label={t('appointments.one.order')}>
        {seesOrders ? (
          <TextLink to="/orders/$id" params={{ id: appointment.order_id }} underline="always">
            {order}
          </TextLink>
        ) : (
          order
        )}
      </Fact>
    </Facts>
  );
}

function price({ price_cents: cents, currency }: AppointmentJson): string | null {
  return cents === undefined || currency === undefined ? null : formatMoney(cents, currency);
}

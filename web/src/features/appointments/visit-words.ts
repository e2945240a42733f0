import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';

/** What the first page calls the visits of each role. */
export const VISIT_WORDS: Readonly<Record<AppointmentJson['role'], { next: string; none: string; today: string }>> = {
  customer: {
    next: 'Your next visit',
    none: 'No visit is planned. They appear here as soon as we have confirmed your order.',
    today: 'Today’s visits',
  },
  staff: {
    next: 'Your next visit',
    none: 'Nothing is planned for you. Visits appear here as soon as you are assigned to one.',
    today: 'Your day',
  },
  manager: { next: 'Next visit of your team', none: 'No visit is planned for your team.', today: 'Your team today' },
  admin: { next: 'Next visit', none: 'No visit is planned.', today: 'All visits today' },
};

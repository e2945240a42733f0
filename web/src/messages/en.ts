import { account } from './en/account.ts';
import { app } from './en/app.ts';
import { appointments } from './en/appointments.ts';
import { auth } from './en/auth.ts';
import { board } from './en/board.ts';
import { calendar } from './en/calendar.ts';
import { common } from './en/common.ts';
import { health } from './en/health.ts';
import { mails } from './en/mails.ts';
import { myDays } from './en/my-days.ts';
import { orders } from './en/orders.ts';
import { people } from './en/people.ts';
import { requests } from './en/requests.ts';
import { services } from './en/services.ts';
import { time } from './en/time.ts';

/** All words of the app, by feature: the source of every other language. */
export const en = {
  account,
  app,
  appointments,
  auth,
  board,
  calendar,
  common,
  health,
  mails,
  myDays,
  orders,
  people,
  requests,
  services,
  time,
};

import { account } from './de/account.ts';
import { app } from './de/app.ts';
import { appointments } from './de/appointments.ts';
import { auth } from './de/auth.ts';
import { board } from './de/board.ts';
import { calendar } from './de/calendar.ts';
import { common } from './de/common.ts';
import { health } from './de/health.ts';
import { mails } from './de/mails.ts';
import { myDays } from './de/my-days.ts';
import { orders } from './de/orders.ts';
import { people } from './de/people.ts';
import { requests } from './de/requests.ts';
import { server } from './de/server.ts';
import { services } from './de/services.ts';
import { time } from './de/time.ts';
import type { en } from './en.ts';
import type { Translated } from './translated.ts';

export const de: Translated<typeof en> = {
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

export { server };

import type { Route } from '../route.ts';
import { changeProviderRoute } from './admin/health/change-provider.ts';
import { checkProviderRoute } from './admin/health/check-provider.ts';
import { listConnectionsRoute } from './admin/health/list-connections.ts';
import { listFailingRoute } from './admin/health/list-failing.ts';
import { pauseConnectionRoute } from './admin/health/pause-connection.ts';
import { pauseProviderRoute } from './admin/health/pause-provider.ts';
import { remindRoute } from './admin/health/remind.ts';
import { resumeConnectionRoute } from './admin/health/resume-connection.ts';
import { resumeProviderRoute } from './admin/health/resume-provider.ts';
import { retryConnectionRoute } from './admin/health/retry-connection.ts';
import { retryFailingRoute } from './admin/health/retry-failing.ts';
import { showSyncRoute } from './admin/health/show-sync.ts';
import { zoneDataRoute } from './admin/zone-data.ts';
import { acceptRescheduleRoute } from './appointments/accept-reschedule.ts';
import { assignAppointmentRoute } from './appointments/assign.ts';
import { canComeRoute } from './appointments/can-come.ts';
import { cancelAppointmentRoute } from './appointments/cancel.ts';
import { listAbsencesRoute } from './absences/list.ts';
import { canComeDaysRoute } from './appointments/can-come-days.ts';
import { cannotComeDaysRoute } from './appointments/cannot-come-days.ts';
import { cannotComeRoute } from './appointments/cannot-come.ts';
import { changeAppointmentRoute } from './appointments/change.ts';
import { completeAppointmentRoute } from './appointments/complete.ts';
import { declineRescheduleRoute } from './appointments/decline-reschedule.ts';
import { listAppointmentsRoute } from './appointments/list.ts';
import { markNoShowRoute } from './appointments/no-show.ts';
import { askRescheduleRoute } from './appointments/reschedule-request.ts';
import { showAppointmentRoute } from './appointments/show.ts';
import { withdrawRescheduleRoute } from './appointments/withdraw-reschedule.ts';
import { changeEmailRoute } from './auth/change-email.ts';
import { changeMeRoute } from './auth/change-me.ts';
import { checkPasswordLinkRoute } from './auth/check-password-link.ts';
import { confirmEmailRoute } from './auth/confirm-email.ts';
import { forgotPasswordRoute } from './auth/forgot-password.ts';
import { logInRoute } from './auth/log-in.ts';
import { logOutRoute } from './auth/log-out.ts';
import { refreshRoute } from './auth/refresh.ts';
import { registerRoute } from './auth/register.ts';
import { setPasswordRoute } from './auth/set-password.ts';
import { showMeRoute } from './auth/show-me.ts';
import { answerGuardRoute } from './calendar/answer-guard.ts';
import { pauseCalendarRoute } from './calendar/pause-calendar.ts';
import { previewRoute } from './calendar/preview.ts';
import { resumeCalendarRoute } from './calendar/resume-calendar.ts';
import { callbackRoute } from './calendar/callback.ts';
import { caldavCalendarsRoute } from './calendar/caldav-calendars.ts';
import { changeCalendarRoute } from './calendar/change-calendar.ts';
import { confirmRoute } from './calendar/confirm.ts';
import { connectCaldavRoute } from './calendar/connect-caldav.ts';
import { connectRoute } from './calendar/connect.ts';
import { disconnectRoute } from './calendar/disconnect.ts';
import { createFeedRoute } from './calendar/feeds/create.ts';
import { fetchFeedRoute } from './calendar/feeds/fetch.ts';
import { listFeedsRoute } from './calendar/feeds/list.ts';
import { revokeFeedRoute } from './calendar/feeds/revoke.ts';
import { rotateFeedRoute } from './calendar/feeds/rotate.ts';
import { icsEmailRoute } from './calendar/ics-email.ts';
import { icsFileRoute } from './calendar/ics-file.ts';
import { icsOrderRoute } from './calendar/ics-order.ts';
import { listActivityRoute } from './calendar/list-activity.ts';
import { restoreEventRoute } from './calendar/restore-event.ts';
import { retryLedgerRoute } from './calendar/retry-ledger.ts';
import { showCalendarRoute } from './calendar/show-calendar.ts';
import { showLedgerRoute } from './calendar/show-ledger.ts';
import { streamRoute } from './calendar/stream.ts';
import { syncRoute } from './calendar/sync.ts';
import { teamCalendarsRoute } from './calendar/team-calendars.ts';
import { unsubscribeRoute } from './mails/unsubscribe.ts';
import { cancelOrderRoute } from './orders/cancel.ts';
import { confirmOrderRoute } from './orders/confirm.ts';
import { createOrderRoute } from './orders/create.ts';
import { listOrdersRoute } from './orders/list.ts';
import { showOrderRoute } from './orders/show.ts';
import { changeServiceRoute } from './services/change.ts';
import { createServiceRoute } from './services/create.ts';
import { listServicesRoute } from './services/list.ts';
import { changeUserRoute } from './users/change-user.ts';
import { createUserRoute } from './users/create-user.ts';
import { inviteUserRoute } from './users/invite-user.ts';
import { listUsersRoute } from './users/list-users.ts';
import { showUserRoute } from './users/show-user.ts';

/** Every operation of the API; each is registered by `server.ts`. */
export const routes: readonly Route[] = [
  changeProviderRoute,
  checkProviderRoute,
  listConnectionsRoute,
  listFailingRoute,
  pauseConnectionRoute,
  pauseProviderRoute,
  remindRoute,
  resumeConnectionRoute,
  resumeProviderRoute,
  retryConnectionRoute,
  retryFailingRoute,
  showSyncRoute,
  zoneDataRoute,
  changeEmailRoute,
  changeMeRoute,
  confirmEmailRoute,
  logInRoute,
  logOutRoute,
  forgotPasswordRoute,
  checkPasswordLinkRoute,
  setPasswordRoute,
  refreshRoute,
  registerRoute,
  showMeRoute,
  changeUserRoute,
  createUserRoute,
  inviteUserRoute,
  listUsersRoute,
  showUserRoute,
  changeServiceRoute,
  createServiceRoute,
  listServicesRoute,
  cancelOrderRoute,
  confirmOrderRoute,
  createOrderRoute,
  listOrdersRoute,
  showOrderRoute,
  assignAppointmentRoute,
  canComeRoute,
  cancelAppointmentRoute,
  listAbsencesRoute,
  cannotComeDaysRoute,
  canComeDaysRoute,
  cannotComeRoute,
  changeAppointmentRoute,
  completeAppointmentRoute,
  listAppointmentsRoute,
  markNoShowRoute,
  showAppointmentRoute,
  askRescheduleRoute,
  withdrawRescheduleRoute,
  acceptRescheduleRoute,
  declineRescheduleRoute,
  answerGuardRoute,
  pauseCalendarRoute,
  resumeCalendarRoute,
  previewRoute,
  caldavCalendarsRoute,
  callbackRoute,
  changeCalendarRoute,
  confirmRoute,
  connectCaldavRoute,
  connectRoute,
  disconnectRoute,
  createFeedRoute,
  fetchFeedRoute,
  listFeedsRoute,
  revokeFeedRoute,
  rotateFeedRoute,
  icsEmailRoute,
  icsFileRoute,
  icsOrderRoute,
  listActivityRoute,
  restoreEventRoute,
  retryLedgerRoute,
  showCalendarRoute,
  showLedgerRoute,
  streamRoute,
  syncRoute,
  teamCalendarsRoute,
  unsubscribeRoute,
];

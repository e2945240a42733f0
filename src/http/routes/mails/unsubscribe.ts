import {
  unsubscribedSchema,
  unsubscribeLinkQuerySchema,
  unsubscribeQuerySchema,
  type MailChoiceJson,
} from '../../../api-contract/calendar.ts';
import { readUnsubscribeToken, unsubscribe } from '../../../use-cases/unsubscribe.ts';
import type { App, RouteDeps } from '../../route.ts';

const PATH = '/api/mails/unsubscribe/';

const WORDS = {
  calendarTrouble: 'calendar_trouble',
  appointmentFiles: 'appointment_files',
  appointmentChanges: 'appointment_changes',
  weeklyOverview: 'weekly_overview',
  teamAbsences: 'team_absences',
  rescheduleRequests: 'reschedule_requests',
  requestAnswers: 'request_answers',
} as const satisfies Record<string, MailChoiceJson>;

/** `GET` and `POST /api/mails/unsubscribe/` */
export function unsubscribeRoute(app: App, { calendar: { cipher } }: RouteDeps): void {
  app.get(PATH, {
    config: { access: 'public' },
    schema: {
      summary: 'Where the link at the foot of a mail leads',
      description: 'Changes nothing, since programs follow links too: redirects to a page of the web app that asks.',
      tags: ['Mails'],
      querystring: unsubscribeLinkQuerySchema,
    },
    handler: async ({ context, query: { token = '' } }, reply) => {
      const found = readUnsubscribeToken(cipher, token);
      const page = new URL('/unsubscribe', context.settings.appUrl);
      if (found !== null) {
        page.searchParams.set('mails', WORDS[found.choice]);
        // What follows the # is sent to no server, so no log keeps it.
        page.hash = token;
      }
      return reply.header('referrer-policy', 'no-referrer').redirect(page.href, 302);
    },
  });

  void app.register(async (scope: App) => {
    acceptForms(scope);
    scope.post(PATH, {
      config: { access: 'public' },
      schema: {
        summary: 'Switch off the kind of mail that the token is for',
        description:
          'What mail programs send when people press Unsubscribe (RFC 8058); the token is all that counts, a form in the body is taken and not read.',
        tags: ['Mails'],
        querystring: unsubscribeQuerySchema,
        response: { 200: unsubscribedSchema },
      },
      handler: async ({ context, query: { token } }) => ({
        choice: WORDS[await unsubscribe(context, cipher, token)],
      }),
    });
  });
}

/** RFC 8058 §3.2: `List-Unsubscribe=One-Click` comes as a form of either kind. */
function acceptForms(scope: App): void {
  const forms = ['application/x-www-form-urlencoded', 'multipart/form-data'];
  scope.addContentTypeParser(forms, { parseAs: 'buffer' }, async () => undefined);
}

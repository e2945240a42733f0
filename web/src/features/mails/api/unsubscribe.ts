import { unsubscribedSchema, type MailChoiceJson } from '../../../../../src/api-contract/calendar.ts';
import { parsed, send } from '../../../lib/http.ts';

/** Switches off the kind of mail that the link was for; nobody has to be signed in. @throws {Problem} `invalid_link` */
export async function unsubscribe(token: string): Promise<MailChoiceJson> {
  const response = await send('POST', '/api/mails/unsubscribe/', { query: { token } });
  return (await parsed(response, unsubscribedSchema)).choice;
}

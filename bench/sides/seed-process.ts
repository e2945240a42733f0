import { auth, calendar } from '@googleapis/calendar';
import { measure, type Effort } from '../support/effort.ts';
import { serveSide } from '../support/side.ts';

/* Google's own client as people use it at first: one insert after the other. */

const jobs = {
  async insert({ url, event, count }: { url: string; event: object; count: number }): Promise<Effort> {
    const client = new auth.OAuth2('client', 'secret');
    client.setCredentials({ access_token: 'token-of-somebody', expiry_date: Date.now() + 3_600_000 });
    const api = calendar({ version: 'v3', auth: client, rootUrl: `${url}/` });
    return measure(count, async () => {
      for (let sent = 0; sent < count; sent += 1) {
        const { data } = await api.events.insert({ calendarId: 'primary', requestBody: event });
        if (!data.id) throw new Error('the provider gave no id');
      }
    });
  },
};

export type SeedJobs = typeof jobs;

serveSide(jobs);

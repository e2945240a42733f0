import { writeFileSync } from 'node:fs';
import { GENERAL_REFUSALS } from '../src/http/refusals.ts';
import { startTestServer } from '../test/support/server.ts';
import { apiPage, type ApiDocument } from './api-page.ts';

/* Writes `docs/api.md` anew from the routes: `npm run api-page`. A test tells when that is due. */

await using server = await startTestServer();
const { body } = await server.call('GET', '/api/openapi.json');
writeFileSync(new URL('../docs/api.md', import.meta.url), apiPage(body as ApiDocument, GENERAL_REFUSALS));

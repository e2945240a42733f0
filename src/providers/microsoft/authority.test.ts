import { expect, test } from 'vitest';
import { CONSUMER_TENANT, createAuthority } from './authority.ts';

const TENANT = '3f1c2d84-6d0e-4a59-9b43-0f6f3c1b7a10';
const OTHER = '11111111-2222-3333-4444-555555555555';

test('addresses follow the authority', () => {
  const authority = createAuthority('https://login.microsoftonline.com/common/');
  expect(authority).toMatchObject({
    authorizeUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
    tokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
    jwksUrl: 'https://login.microsoftonline.com/common/discovery/v2.0/keys',
    adminConsentUrl: 'https://login.microsoftonline.com/common/adminconsent',
  });
  expect(authority.issuerOf(TENANT)).toBe(`https://login.microsoftonline.com/${TENANT}/v2.0`);
  expect(createAuthority(`https://login.microsoftonline.us/gov/${TENANT}`).issuerOf(TENANT)).toBe(
    `https://login.microsoftonline.us/gov/${TENANT}/v2.0`,
  );
});

test.each([
  ['common', [TENANT, CONSUMER_TENANT], []],
  ['organizations', [TENANT], [CONSUMER_TENANT]],
  ['consumers', [CONSUMER_TENANT], [TENANT]],
  [TENANT.toUpperCase(), [TENANT], [OTHER, CONSUMER_TENANT]],
  ['contoso.example', [TENANT], []],
])('%s signs in its own', (tenant, admitted, refused) => {
  const authority = createAuthority(`https://login.example/${tenant}`);
  expect(admitted.every((tid) => authority.admits(tid))).toBe(true);
  expect(refused.some((tid) => authority.admits(tid))).toBe(false);
});

test.each(['consumers', CONSUMER_TENANT])('personal accounts (%s) have no administrator', (tenant) => {
  expect(createAuthority(`https://login.example/${tenant}`).adminConsentUrl).toBeNull();
});

test('issuers are those of tenants here', () => {
  const { isIssuer } = createAuthority('https://login.example/common');
  expect(isIssuer(`https://login.example/${TENANT}/v2.0`)).toBe(true);
  for (const text of [
    'https://login.example/{tenantid}/v2.0',
    `https://login.example/${TENANT}/v2.0/x`,
    `https://evil.example/${TENANT}/v2.0`,
    `https://login.example/${TENANT}`,
    '',
  ]) {
    expect(isIssuer(text)).toBe(false);
  }
});

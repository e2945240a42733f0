import { createSecretKey } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { MINUTE, SECOND, type Clock } from '../../base/time.ts';

/** What a token proves, and until when. */
export interface AccessClaims {
  userId: number;
  sessionId: string;
  expiresAt: Date;
}

/** Makes and reads the short-lived proof of who asks. It says who, never what they may: the role is read each time. */
export interface AccessTokens {
  /** Seconds that a token lasts. */
  readonly lastsSeconds: number;
  /** `sessionId`: the family of refresh tokens that it belongs to. */
  issue(userId: number, sessionId: string): Promise<string>;
  /** `null` for one that is not ours, was changed, or has expired. */
  read(token: string): Promise<AccessClaims | null>;
}

/** Short enough that a stolen one is soon worthless, long enough that refreshing is rare. */
const LASTS_MS = 15 * MINUTE;
const ISSUER = 'valclean';
const ALGORITHM = 'HS256';

/** JSON Web Tokens (RFC 7519) signed with HMAC-SHA-256. `secret` has at least 32 bytes (RFC 7518 §3.2). */
export function createAccessTokens(secret: Uint8Array, clock: Clock): AccessTokens {
  const key = createSecretKey(secret);
  const seconds = (): number => Math.floor(clock.now().getTime() / SECOND);
  return {
    lastsSeconds: LASTS_MS / SECOND,
    issue: (userId, sessionId) =>
      new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
        .setSubject(String(userId))
        .setIssuer(ISSUER)
        .setAudience(ISSUER)
        .setIssuedAt(seconds())
        .setExpirationTime(seconds() + LASTS_MS / SECOND)
        .sign(key),
    read: (token) => readToken(token, key, clock.now()),
  };
}

async function readToken(
  token: string,
  key: ReturnType<typeof createSecretKey>,
  now: Date,
): Promise<AccessClaims | null> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: ISSUER,
      requiredClaims: ['sub', 'sid', 'exp'],
      currentDate: now,
    });
    const userId = Number(payload.sub);
    const { sid, exp = 0 } = payload;
    if (!Number.isSafeInteger(userId) || typeof sid !== 'string') return null;
    return { userId, sessionId: sid, expiresAt: new Date(exp * SECOND) };
  } catch {
    // Whatever is wrong with it, it proves nothing.
    return null;
  }
}

import { hash, verify, type Options } from '@node-rs/argon2';
import { BusinessError } from '../../domain/errors.ts';

/** Makes and compares password hashes, few at a time. */
export interface Passwords {
  /** A PHC string for storage. */
  hash(password: string): Promise<string>;
  /** Whether the password belongs to the hash. `null`, for an unknown person, takes as long and is false. */
  matches(passwordHash: string | null, password: string): Promise<boolean>;
  /**
   * Runs `work` when its turn comes; for what must not run often at once beside hashing. `hash` and `matches` of the
   * same object must not be called inside: use those handed to `work`, which do not wait again.
   * @throws {BusinessError} 503 `busy` when too many wait already.
   */
  inTurn<T>(work: (inside: Pick<Passwords, 'hash' | 'matches'>) => Promise<T>): Promise<T>;
}

export interface PasswordCost {
  /** KiB. */
  memoryCost: number;
  passes: number;
  /** How many hashes are computed at the same time. */
  atOnce: number;
  /** How many may wait for their turn. */
  waiting: number;
}

/**
 * Argon2id at 19 MiB, 2 passes, 1 lane: the first choice of the OWASP Password Storage Cheat Sheet; 20–40 ms on a small
 * server. Two at once leave half of libuv's four threads, and memory, to everybody else during a storm of sign-ins.
 */
const USUAL_COST: PasswordCost = { memoryCost: 19_456, passes: 2, atOnce: 2, waiting: 200 };

/** Passwords by Argon2id. Tests pass a lower cost. */
export function createPasswords(cost: PasswordCost = USUAL_COST): Passwords {
  // 2 is Argon2id; the package's const enum can't be named in erasable TypeScript. It is its default too.
  const options: Options = { memoryCost: cost.memoryCost, timeCost: cost.passes, parallelism: 1 };
  const turns = createTurns(cost.atOnce, cost.waiting);
  let nobody: Promise<string> | null = null;

  const inside = {
    hash: (password: string) => hash(normal(password), options),
    async matches(passwordHash: string | null, password: string): Promise<boolean> {
      const compared = passwordHash ?? (await (nobody ??= hash('nobody has this password', options)));
      const same = await verify(compared, normal(password));
      return same && passwordHash !== null;
    },
  };
  return {
    hash: (password) => turns(() => inside.hash(password)),
    matches: (passwordHash, password) => turns(() => inside.matches(passwordHash, password)),
    inTurn: (work) => turns(() => work(inside)),
  };
}

/** The same password typed on another keyboard may come in another Unicode form (NIST SP 800-63B §3.1.1.2). */
function normal(password: string): string {
  return password.normalize('NFKC');
}

/** Lets `atOnce` pieces of work run, the others wait in order. */
function createTurns(atOnce: number, mostWaiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running < atOnce) running += 1;
    else if (waiting.length >= mostWaiting) throw busy();
    // The one who leaves hands its place on, so `running` stays.
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

function busy(): BusinessError {
  return new BusinessError('unavailable', 'busy', 'Too many people are signing in right now. Try again in a moment.', {
    retryAfterSeconds: 5,
  });
}

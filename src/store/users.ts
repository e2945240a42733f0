import { sql, type Db, type Tx } from '../db/sql.ts';
import type { Role } from '../domain/appointment.ts';
import type { Language, User } from '../domain/user.ts';

export interface NewUser {
  email: string;
  /** `null`: invited, and has not set one yet. */
  passwordHash: string | null;
  name: string;
  phone: string | null;
  role: Role;
  timeZone: string;
  /** `null` or left out: nobody has said. */
  language?: Language | null;
  managerId: number | null;
}

/** What can be changed of an account; absent fields stay. */
export type UserChange = Partial<
  Pick<User, 'email' | 'name' | 'phone' | 'role' | 'timeZone' | 'language' | 'managerId' | 'isActive'> & {
    passwordHash: string;
  }
>;

const COLUMNS = sql`id, email, name, phone, role, time_zone as "timeZone", language, manager_id as "managerId",
  is_active as "isActive", password_hash is not null as "hasPassword",
  calendar_sync_enabled as "calendarSyncEnabled", version, created_at as "createdAt"`;

export async function findUser(db: Db, id: number): Promise<User | null> {
  const { rows } = await sql<User>`select ${COLUMNS} from users where id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** Locks the row until the transaction ends. */
export async function lockUser(tx: Tx, id: number): Promise<User | null> {
  const { rows } = await sql<User>`select ${COLUMNS} from users where id = ${id} for no key update`.execute(tx);
  return rows[0] ?? null;
}

/** Keeps the row as it is until the transaction ends, without keeping others from referring to it. */
export async function shareUser(tx: Tx, id: number): Promise<User | null> {
  const { rows } = await sql<User>`select ${COLUMNS} from users where id = ${id} for share`.execute(tx);
  return rows[0] ?? null;
}

/** For signing in; e-mail addresses are compared without regard to case. */
export async function findCredentials(
  db: Db,
  email: string,
): Promise<{ id: number; passwordHash: string | null; isActive: boolean } | null> {
  const { rows } = await sql<{ id: number; passwordHash: string | null; isActive: boolean }>`
    select id, password_hash as "passwordHash", is_active as "isActive"
      from users where lower(email) = lower(${email})`.execute(db);
  return rows[0] ?? null;
}

export async function findPasswordHash(db: Db, id: number): Promise<string | null> {
  const { rows } = await sql<{ hash: string | null }>`select password_hash as hash from users where id = ${id}`.execute(
    db,
  );
  return rows[0]?.hash ?? null;
}

/** `null` when the e-mail address is taken. */
export async function insertUser(tx: Tx, user: NewUser, now: Date): Promise<User | null> {
  const { rows } = await sql<User>`
    insert into users (email, password_hash, name, phone, role, time_zone, language, manager_id, created_at, updated_at)
    values (${user.email}, ${user.passwordHash}, ${user.name}, ${user.phone}, ${user.role}, ${user.timeZone},
      ${user.language ?? null}, ${user.managerId}, ${now}, ${now})
    on conflict (lower(email)) do nothing
    returning ${COLUMNS}`.execute(tx);
  return rows[0] ?? null;
}

/** Changes a row that the transaction has locked. @throws what `isEmailTaken` knows, which ends the transaction */
export async function updateUser(tx: Tx, user: User, change: UserChange, now: Date): Promise<User> {
  const to = { ...user, ...change };
  const { rows } = await sql<User>`
    update users set email = ${to.email}, name = ${to.name}, phone = ${to.phone}, role = ${to.role}, time_zone = ${to.timeZone},
           language = ${to.language}, manager_id = ${to.managerId}, is_active = ${to.isActive},
           password_hash = coalesce(${change.passwordHash ?? null}, password_hash),
           shown_at = case when (email, name, phone) is distinct from
                             (${to.email}::text, ${to.name}::text, ${to.phone}::text)
                           then ${now}::timestamptz else shown_at end,
           version = version + 1, updated_at = ${now}
     where id = ${user.id} returning ${COLUMNS}`.execute(tx);
  const [updated] = rows;
  if (updated === undefined) throw new Error('A locked user is gone');
  return updated;
}

/** Whether a statement failed because somebody else has the e-mail address: `unique_violation`. */
export function isEmailTaken(error: unknown): boolean {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return code === '23505' && constraint === 'users_email';
}

/**
 * Notes in which language somebody is written to who has not said yet. Nobody asked for it: whoever edits the account
 * meanwhile need not read it again, so the version stays.
 */
export async function noteLanguage(tx: Tx, id: number, language: Language, now: Date): Promise<void> {
  await sql`
    update users set language = ${language}, updated_at = ${now}
     where id = ${id} and language is null`.execute(tx);
}

/** Locks every active administrator, in id order, so that two who leave at once can't both believe the other stays. */
export async function lockActiveAdmins(tx: Tx): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from users where role = 'admin' and is_active order by id for no key update`.execute(tx);
  return rows.map((row) => row.id);
}

/** Any number that nothing else locks. */
const FIRST_ADMIN_LOCK = 8_217_003;

/** Of two nodes that start at once, one makes the first administrator; the other waits here until it is made. */
export async function lockMakingOfFirstAdmin(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${FIRST_ADMIN_LOCK})`.execute(tx);
}

/** Takes a manager's staff off their hands; the ids of those who have no manager now. */
export async function releaseTeam(tx: Tx, managerId: number, now: Date): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    update users set manager_id = null, version = version + 1, updated_at = ${now}
      from (select id as team_id from users where manager_id = ${managerId} order by id for no key update) team
     where id = team_id returning id`.execute(tx);
  return rows.map((row) => row.id);
}

export interface UserFilter {
  role?: Role | undefined;
  isActive?: boolean | undefined;
  /** Part of the name or e-mail address. */
  search?: string | undefined;
  /** Only this manager's staff. */
  managerId?: number | undefined;
}

/** By id, after `afterId`. */
export async function listUsers(db: Db, filter: UserFilter, afterId: number, limit: number): Promise<User[]> {
  const { role = null, isActive = null, managerId = null } = filter;
  const search = filter.search === undefined ? null : `%${filter.search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const { rows } = await sql<User>`
    select ${COLUMNS} from users
     where id > ${afterId} and (${role}::text is null or role = ${role})
       and (${isActive}::boolean is null or is_active = ${isActive})
       and (${managerId}::bigint is null or manager_id = ${managerId})
       and (${search}::text is null or name ilike ${search} or email ilike ${search})
     order by id limit ${limit}`.execute(db);
  return rows;
}

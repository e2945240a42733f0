import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { migrate } from '../../src/db/migrate.ts';
import type { DatabaseHooks, DatabaseLocation, EmbeddedLimits } from '../../src/db/options.ts';

/** A fresh, migrated database that belongs to one test file. */
export interface TestDatabase extends AsyncDisposable {
  database: Database;
  /** Where it is, to open it again or to start a process on it (after `database.close()` on the embedded engine). */
  location: DatabaseLocation;
  /** Closes `database` and removes everything. */
  close(): Promise<void>;
}

export interface TestDatabaseOptions extends DatabaseHooks {
  limits?: Partial<EmbeddedLimits>;
}

/**
 * Opens a fresh, migrated database on the engine that `TEST_DATABASE` names: `embedded` (default), or `postgres` on the
 * server at `TEST_DATABASE_URL`. Both are copies of a template that is made once per state of the migrations.
 */
export function openTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const url = postgresUrl();
  return url === null ? openEmbeddedTestDatabase(options) : openPostgresTestDatabase(url, options);
}

/** Makes the template now, on the engine that `TEST_DATABASE` names, so that no test's time limit has to hold it. */
export async function prepareTemplate(): Promise<void> {
  const url = postgresUrl();
  await (url === null ? schemaTemplate() : postgresTemplate(url));
}

/** `null` means embedded. */
function postgresUrl(): string | null {
  const engine = process.env.TEST_DATABASE ?? 'embedded';
  if (engine === 'embedded') return null;
  const url = process.env.TEST_DATABASE_URL;
  if (engine === 'postgres' && url) return url;
  throw new Error('TEST_DATABASE is "embedded" or "postgres"; the latter needs TEST_DATABASE_URL');
}

/** For what only the embedded engine has. */
export async function openEmbeddedTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const dataDir = await copyEmbeddedTemplate();
  const location: DatabaseLocation = { kind: 'embedded', dataDir, ...(options.limits && { limits: options.limits }) };
  return opened(location, options, async () => fs.rmSync(dataDir, { recursive: true, force: true }));
}

/** For what only PostgreSQL has; `adminUrl` is a superuser's. */
export async function openPostgresTestDatabase(
  adminUrl: string,
  options: TestDatabaseOptions = {},
): Promise<TestDatabase> {
  const template = await postgresTemplate(adminUrl);
  const name = `valclean_test_${randomUUID().replaceAll('-', '')}`;
  await administer(adminUrl, (admin) => admin.query(`create database ${name} template ${template}`));
  const location: DatabaseLocation = { kind: 'postgres', url: urlOf(adminUrl, name) };
  return opened(location, options, async () => {
    await administer(adminUrl, (admin) => admin.query(`drop database ${name} with (force)`));
  });
}

async function opened(
  location: DatabaseLocation,
  { onWarning, onFatal }: DatabaseHooks,
  remove: () => Promise<void>,
): Promise<TestDatabase> {
  const database = await openDatabase({ ...location, ...(onWarning && { onWarning }), ...(onFatal && { onFatal }) });
  async function close(): Promise<void> {
    await database.close();
    await remove();
  }
  return { database, location, close, [Symbol.asyncDispose]: close };
}

/** A new data folder with a migrated, closed database in it; the caller removes it. */
export async function copyEmbeddedTemplate(): Promise<string> {
  return copyOf(await schemaTemplate());
}

function schemaTemplate(): Promise<string> {
  return embeddedTemplate(`schema-${schemaHash()}`, copyEmptyTemplate, migrate);
}

/** The same without migrations. Kept apart, as making a database takes ten times as long as migrating it. */
export async function copyEmptyTemplate(): Promise<string> {
  const pglite = new URL('../../node_modules/@electric-sql/pglite/package.json', import.meta.url);
  return copyOf(await embeddedTemplate(`empty-${hashOf([pglite])}`, newFolder));
}

/** Made aside and renamed: of several test processes that make it at once, the first wins and the others take its. */
async function embeddedTemplate(
  name: string,
  begin: () => string | Promise<string>,
  fill?: (database: Database) => Promise<unknown>,
): Promise<string> {
  const place = path.join(os.tmpdir(), `valclean-template-${name}`);
  if (fs.existsSync(place)) return place;
  const fresh = await begin();
  const database = await openDatabase({ kind: 'embedded', dataDir: fresh });
  await fill?.(database);
  await database.close();
  try {
    fs.renameSync(fresh, place);
  } catch (error) {
    if (!fs.existsSync(place)) throw error;
    fs.rmSync(fresh, { recursive: true, force: true });
  }
  return place;
}

function copyOf(template: string): string {
  const dataDir = newFolder();
  fs.cpSync(path.join(template, 'pg'), path.join(dataDir, 'pg'), {
    recursive: true,
    mode: fs.constants.COPYFILE_FICLONE,
  });
  return dataDir;
}

function newFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'valclean-data-'));
}

/** Made under a lock of the server, and under its final name only when it is complete. */
async function postgresTemplate(adminUrl: string): Promise<string> {
  const name = `valclean_template_${schemaHash()}`;
  await administer(adminUrl, async (admin) => {
    await admin.query(`select pg_advisory_lock(hashtext('valclean test template'))`);
    const found = await admin.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount) return;
    await admin.query(`drop database if exists ${name}_fresh with (force)`);
    await admin.query(`create database ${name}_fresh template template0 encoding 'UTF8' locale 'C'`);
    const database = await openDatabase({ kind: 'postgres', url: urlOf(adminUrl, `${name}_fresh`), maxConnections: 1 });
    await migrate(database);
    await database.close();
    await admin.query(`alter database ${name}_fresh rename to ${name}`);
  });
  return name;
}

function schemaHash(): string {
  const folder = new URL('../../src/db/migrations/', import.meta.url);
  const names = fs.readdirSync(folder).toSorted();
  return hashOf([...names.map((name) => new URL(name, folder)), new URL('../migrate.ts', folder)]);
}

function hashOf(files: readonly URL[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file.pathname).update(fs.readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

async function administer<T>(url: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client(url);
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

function urlOf(adminUrl: string, database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}

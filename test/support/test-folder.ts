import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { copyEmbeddedTemplate, openTestDatabase } from './database.ts';

/** Where a process of the product keeps its data, on the engine that `TEST_DATABASE` names; migrated already. */
export interface TestFolder {
  /** `DATA_DIR`, and `DATABASE_URL` on PostgreSQL. */
  settings: Record<string, string>;
  /** `null` on the embedded engine. */
  databaseUrl: string | null;
  /** Removes everything; the processes have ended by then. */
  remove(): Promise<void>;
}

export async function startTestFolder(): Promise<TestFolder> {
  const onPostgres = process.env.TEST_DATABASE === 'postgres';
  const dataDir = onPostgres ? fs.mkdtempSync(path.join(os.tmpdir(), 'valclean-data-')) : await copyEmbeddedTemplate();
  const removeFolder = (): void => fs.rmSync(dataDir, { recursive: true, force: true });
  if (!onPostgres) return { settings: { DATA_DIR: dataDir }, databaseUrl: null, remove: async () => removeFolder() };
  const { location, close } = await openTestDatabase();
  if (location.kind !== 'postgres') throw new Error('TEST_DATABASE is postgres, the database is not');
  return {
    settings: { DATA_DIR: dataDir, DATABASE_URL: location.url },
    databaseUrl: location.url,
    async remove() {
      removeFolder();
      await close();
    },
  };
}

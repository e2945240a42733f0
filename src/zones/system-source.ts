import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { ZoneSource } from './source.ts';
import { isTzif, readTzif } from './tzif.ts';

/** Zone names begin with a capital in every part but a few; this also keeps `..` and other folders' files out. */
const NAME = /^[A-Z][A-Za-z0-9_+-]*(\/[A-Za-z][A-Za-z0-9_+-]*)*$/;

/**
 * The operating system's copy: compiled files in `folder`. `null` when there is none or its version is not written down,
 * since a copy of unknown age can't be compared.
 */
export function systemSource(folder: string): ZoneSource | null {
  const version = versionIn(folder);
  if (version === null) return null;
  return {
    kind: 'system',
    version,
    names: () => namesIn(folder).filter((name) => tzifAt(folder, name) !== null),
    read(name) {
      const file = tzifAt(folder, name);
      return file && readTzif(file);
    },
  };
}

/** Line 1 of `tzdata.zi` (Linux), or the file `+VERSION` (macOS, BSD). */
function versionIn(folder: string): string | null {
  const text = readIfThere(join(folder, 'tzdata.zi')) ?? readIfThere(join(folder, '+VERSION'));
  const firstLine = text?.toString('latin1').split('\n')[0] ?? '';
  return /\b(\d{4}[a-z]+)\b/.exec(firstLine)?.[1] ?? null;
}

function namesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((name) => NAME.test(name));
}

function tzifAt(folder: string, name: string): Buffer | null {
  const file = NAME.test(name) ? readIfThere(join(folder, name)) : null;
  return file && isTzif(file) ? file : null;
}

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && ABSENT.has(String(error.code))) return null;
    throw error;
  }
}

/** No such file; a folder of that name; a file where a folder should be. */
const ABSENT = new Set(['ENOENT', 'EISDIR', 'ENOTDIR']);

import fs from 'node:fs';
import path from 'node:path';

/** Windows syncs only handles opened for writing, and no directories (FlushFileBuffers). */
const IS_WINDOWS = process.platform === 'win32';

/** Puts a file, or the entries of a directory, onto the disk. */
export function fsyncPath(target: string): void {
  if (IS_WINDOWS && fs.statSync(target).isDirectory()) return;
  const handle = fs.openSync(target, IS_WINDOWS ? 'r+' : 'r');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** Puts a whole folder onto the disk, contents before names. */
export function fsyncTree(directory: string): void {
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    const target = path.join(directory, entry.name);
    if (entry.isDirectory()) fsyncTree(target);
    else if (entry.isFile()) fsyncPath(target);
  }
  fsyncPath(directory);
}

import fs from 'node:fs';

// `BROKEN_DISK=<file> node --import broken-disk.ts program.ts`: from when that file exists, every fsync fails. Node makes
// such imports in the threads of the process, too.

const sign = process.env.BROKEN_DISK ?? '';
const fsyncSync = fs.fsyncSync;

fs.fsyncSync = (handle) => {
  if (fs.existsSync(sign)) throw Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO' });
  fsyncSync(handle);
};

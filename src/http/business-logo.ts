import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The picture that stands beside the name of the business. */
export interface BusinessLogo {
  bytes: Buffer;
  type: 'image/png' | 'image/svg+xml';
  /** With its quotes (RFC 9110 §8.8.3). */
  tag: string;
}

/** Enough for a mark; it comes with the first page that people open. */
const MOST_BYTES = 256 * 1024;
/** ISO/IEC 15948 §5.2. */
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Declarations, comments and a document type may stand before the picture. */
const SVG = /^\uFEFF?\s*(?:<\?xml[^>]*\?>|<!--[^]*?-->|<!DOCTYPE\s+svg[^>[]*(?:\[[^\]]*\]\s*)?>|\s)*<svg[\s>]/i;

/** Read from the file of `BUSINESS_LOGO`. @throws with what to do, for the operator, when it is no picture of these kinds */
export function readLogo(file: string): BusinessLogo {
  const bytes = bytesOf(file);
  if (bytes.length > MOST_BYTES)
    throw new Error(`BUSINESS_LOGO: ${file} has more than 256 kB. Give a smaller picture.`);
  const type = typeOf(bytes);
  if (type === null) throw new Error(`BUSINESS_LOGO: ${file} is neither an SVG nor a PNG picture.`);
  return { bytes, type, tag: `"${createHash('sha256').update(bytes).digest('base64url')}"` };
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Error(`BUSINESS_LOGO: ${file} can’t be read. Give the path of an SVG or PNG file.`, { cause: error });
  }
}

function typeOf(bytes: Buffer): BusinessLogo['type'] | null {
  if (bytes.subarray(0, PNG.length).equals(PNG)) return 'image/png';
  return SVG.test(bytes.toString('utf8')) ? 'image/svg+xml' : null;
}

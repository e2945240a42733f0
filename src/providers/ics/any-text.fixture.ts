import fc from 'fast-check';

const anyUnit = fc.oneof(
  // UTF-16 units: every script, control characters and halves of pairs.
  fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  fc.integer({ min: 0x1_0000, max: 0x10_ffff }).map((point) => String.fromCodePoint(point)),
  fc.integer({ min: 0, max: 0xff }).map((unit) => String.fromCharCode(unit)),
);

const BREAKS = ['\r\n', '\r', '\n', '\r\n ', '\u0085', '\u2028'];
const SIGNS = ['\\', '\\n', ';', ',', ':', '"', '^', ' ', '\t', '\u0000', '\ud83d', '👩‍👩‍👧‍👦', 'é', '\u202e', '\ufeff', 'a'];
const INJECTIONS = ['ATTENDEE:mailto:x@example.com', 'END:VEVENT', '\r\nBEGIN:VALARM'];
const trap = fc.constantFrom(...BREAKS, ...SIGNS, ...INJECTIONS);

/** Texts as hostile as people and programs make them. */
export const anyText = fc.oneof(
  fc.string({ unit: anyUnit, maxLength: 200 }),
  fc.array(trap, { maxLength: 40 }).map((parts) => parts.join('')),
);

/** A TZif file of version 2 with one offset and no changes, for tests (RFC 9636 §3). */
export function tzif(zone: { offset: number; abbreviation: string; footer: string }): Buffer {
  const name = Buffer.from(`${zone.abbreviation}\0`, 'latin1');
  const type = Buffer.alloc(6);
  type.writeInt32BE(zone.offset);
  const block = Buffer.concat([header(name.length), type, name]);
  return Buffer.concat([block, block, Buffer.from(`\n${zone.footer}\n`, 'latin1')]);
}

function header(characters: number): Buffer {
  const bytes = Buffer.alloc(44);
  bytes.write('TZif2', 'latin1');
  bytes.writeUInt32BE(1, 36);
  bytes.writeUInt32BE(characters, 40);
  return bytes;
}

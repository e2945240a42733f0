/** Pixels of a picture for one of the page, so that it is sharp on today's screens. */
export const PICTURE_SCALE = 2;

/** Size on the page, in CSS pixels. */
export interface PictureSize {
  width: number;
  height: number;
}

/** @throws when it is neither of the kinds of WebP that our pictures have (RFC 9649 §2.5 and §2.7) */
export function pictureSize(picture: Buffer): PictureSize {
  const [width, height] = pixels(picture);
  return { width: Math.round(width / PICTURE_SCALE), height: Math.round(height / PICTURE_SCALE) };
}

function pixels(picture: Buffer): [width: number, height: number] {
  switch (picture.toString('latin1', 8, 16)) {
    case 'WEBPVP8 ':
      // 14 bits each, behind the frame tag and the start code (RFC 6386 §9.1).
      return [picture.readUInt16LE(26) & 0x3fff, picture.readUInt16LE(28) & 0x3fff];
    case 'WEBPVP8X':
      return [picture.readUIntLE(24, 3) + 1, picture.readUIntLE(27, 3) + 1];
    default:
      throw new Error('A picture of the help is no WebP of the kinds that are known');
  }
}

import type { ReactElement } from 'react';
import { encode } from 'uqr';

/** Light modules around it that cameras need (ISO/IEC 18004 §6.3.8). */
const QUIET_ZONE = 4;

/** A text for the camera of another device. Black on white in the dark too: some cameras read nothing else. */
export function QrCode(props: { text: string; label: string; className?: string | undefined }): ReactElement {
  const { data, size } = encode(props.text, { ecc: 'M', border: QUIET_ZONE });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg
      className={props.className}
      role="img"
      aria-label={props.label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  );
}

/** A path of this app, or `undefined`: `//evil.example` and `/\evil.example` would leave it. */
export function innerPath(path: string | undefined): string | undefined {
  return path !== undefined && /^\/(?![/\\])/.test(path) ? path : undefined;
}

/** `attachment; filename="appointment-123.ics"` → `appointment-123.ics`; nothing that could name a folder. */
export function fileName(disposition: string | null): string | null {
  return /filename="?([\w.-]+)"?/.exec(disposition ?? '')?.[1] ?? null;
}

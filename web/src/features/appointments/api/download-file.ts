import { askRaw } from '../../../lib/api.ts';
import { fileName } from './file-name.ts';

/** The appointment as a calendar file, with the name that the server gives it. */
export async function downloadCalendarFile(appointmentId: number): Promise<void> {
  const response = await askRaw('GET', `/api/calendar/ics/${appointmentId}/`);
  const name = fileName(response.headers.get('content-disposition')) ?? `appointment-${appointmentId}.ics`;
  saveAs(await response.blob(), name);
}

/** Hands a file to the browser. The address is let go a little later: Safari reads it after the click returned. */
function saveAs(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

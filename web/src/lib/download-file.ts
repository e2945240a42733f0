import { askRaw } from './api.ts';
import { fileName } from './file-name.ts';

/** One appointment, or all those of an order. */
export interface FileOf {
  kind: 'appointment' | 'order';
  id: number;
}

/** Fetches them as a calendar file, with the name that the server gives it. */
export async function downloadCalendarFile({ kind, id }: FileOf): Promise<void> {
  const response = await askRaw('GET', `/api/calendar/ics/${kind === 'order' ? `order/${id}` : id}/`);
  const name = fileName(response.headers.get('content-disposition')) ?? `${kind}-${id}.ics`;
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

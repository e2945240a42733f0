import 'virtual:help-colours.css';
import './help.css';
import { findPassages, type Passage } from './find-passages.ts';

const NOT_LOADED = 'The search can’t be loaded right now. It is tried again as you type.';

/* Adds the search to the pages of the help; without JavaScript they are complete, and have none. */

const form = document.querySelector<HTMLFormElement>('form.search');
const input = form?.querySelector('input');
const found = form?.querySelector<HTMLElement>('.found');
if (form && input && found) begin(form, input, found);

function begin(form: HTMLFormElement, input: HTMLInputElement, found: HTMLElement): void {
  let loading: Promise<Passage[] | null> | null = null;
  const load = (): Promise<Passage[] | null> =>
    (loading ??= loadPassages(form.dataset['index'] ?? '').catch(() => {
      // Tried again with the next letter.
      loading = null;
      return null;
    }));
  form.hidden = false;
  input.addEventListener('focus', () => void load());
  input.addEventListener('input', () => void load().then((passages) => show(found, input.value, passages)));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    found.querySelector<HTMLAnchorElement>('a')?.click();
  });
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    input.value = '';
    found.hidden = true;
    input.focus();
  });
}

async function loadPassages(address: string): Promise<Passage[]> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`The index of the help can't be read: ${answer.status}`);
  return (await answer.json()) as Passage[];
}

/** `passages`: `null` when they could not be loaded. */
function show(found: HTMLElement, words: string, passages: readonly Passage[] | null): void {
  const results = findPassages(passages ?? [], words);
  const [status, list] = [found.querySelector('p'), found.querySelector('ul')];
  found.hidden = words.trim() === '';
  if (status) status.textContent = passages === null ? NOT_LOADED : results.length === 0 ? 'Nothing found.' : '';
  list?.replaceChildren(...results.map(toItem));
}

function toItem({ href, page, heading }: Passage): HTMLLIElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = href;
  link.textContent = heading ?? page;
  item.append(link);
  if (heading !== null) {
    const where = document.createElement('small');
    where.textContent = page;
    link.append(where);
  }
  return item;
}

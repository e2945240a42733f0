/** The characters of a text as HTML shows them: a customer's `<` and `&` must not become markup. */
export function* escapedHtml(text: string): Iterable<string> {
  for (const character of text) {
    if (character === '&') yield '&amp;';
    else if (character === '<') yield '&lt;';
    else if (character === '>') yield '&gt;';
    else yield character;
  }
}

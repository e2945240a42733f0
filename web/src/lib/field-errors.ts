/** One field's fault as the API tells it: a path such as `items.0.starts_at` and what to do about it. */
export interface FieldError {
  field: string;
  message: string;
}

/**
 * Sorts the API's faults to the inputs of a form. `inputs` maps an input's name to the API paths that it fills; what fits
 * none of them comes back as `rest`, to be shown above the form so that nothing is lost.
 */
export function sortFieldErrors<Name extends string>(
  faults: readonly FieldError[],
  inputs: Readonly<Record<Name, readonly string[]>>,
): { byInput: Partial<Record<Name, string>>; rest: string[] } {
  const byInput: Partial<Record<Name, string>> = {};
  const rest: string[] = [];
  for (const fault of faults) {
    const name = inputFor(normalised(fault.field), inputs);
    if (name === null) rest.push(fault.message);
    else byInput[name] ??= fault.message;
  }
  return { byInput, rest };
}

function inputFor<Name extends string>(path: string, inputs: Readonly<Record<Name, readonly string[]>>): Name | null {
  for (const name in inputs) if (inputs[name].includes(path)) return name;
  return null;
}

/** `/items/0/starts_at` (a JSON pointer), `items[0].starts_at` and `body.items.0.starts_at` all mean `items.0.starts_at`. */
function normalised(path: string): string {
  return path
    .replaceAll(/\[(\w+)\]/g, '.$1')
    .replaceAll('/', '.')
    .replace(/^\.+/, '')
    .replace(/^body\./, '');
}

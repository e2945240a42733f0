/** Applies changes of switches in place. Throws TypeError for a name that is no switch. */
export function assignSwitches<T extends object>(target: T, patch: Partial<T>): void {
  for (const key of Object.keys(patch)) {
    if (!Object.hasOwn(target, key)) throw new TypeError(`there is no switch "${key}"`);
  }
  Object.assign(target, patch);
}

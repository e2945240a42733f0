import { ConfigError, type SettingFault } from './faults.ts';
import { SETTINGS, type Env, type Setting, type SettingName } from './settings.ts';

/** Reads single settings and collects what is wrong with them; `finish` tells all of it at once. */
export class Reader {
  readonly #env: Env;
  readonly #faults: SettingFault[] = [];

  constructor(env: Env) {
    this.#env = env;
  }

  /** The value, else the default, else `null`. */
  optional(name: SettingName): string | null {
    const setting: Setting = SETTINGS[name];
    return this.#env[name] ?? setting.fallback ?? null;
  }

  isSet(name: SettingName): boolean {
    return this.#env[name] !== undefined;
  }

  /** Of settings with a default. */
  text(name: SettingName): string {
    return this.optional(name) ?? '';
  }

  integer(name: SettingName, minimum: number, maximum: number): number {
    const text = this.text(name);
    const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= minimum && value <= maximum) return value;
    this.fault(name, `Give a whole number from ${minimum} to ${maximum}.`);
    return minimum;
  }

  oneOf<Choice extends string>(name: SettingName, choices: readonly Choice[], otherwise: Choice): Choice {
    const found = choices.find((choice) => choice === this.text(name));
    if (found === undefined) this.fault(name, `Give one of: ${choices.join(', ')}.`);
    return found ?? otherwise;
  }

  flag(name: SettingName): boolean {
    return this.oneOf(name, ['true', 'false'], 'false') === 'true';
  }

  /** An address with `http` or `https`, without credentials, query and fragment; a slash at its end stays. */
  url(name: SettingName): string {
    const text = this.text(name);
    const url = URL.parse(text);
    if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash)
      return text;
    this.fault(name, 'Give an address that begins with https:// (or http://), without user, query and #.');
    return '';
  }

  /** An address that secrets are sent to: https, or http on this machine (simulators, tests). */
  endpoint(name: SettingName): string {
    const text = this.url(name);
    if (text === '' || isSafe(text)) return text.replace(/\/$/, '');
    this.fault(name, 'Give an https address; http is allowed on this machine only (localhost, 127.0.0.1).');
    return text;
  }

  fault(setting: SettingName, remedy: string): void {
    if (!this.#faults.some((fault) => fault.setting === setting)) this.#faults.push({ setting, remedy });
  }

  /** @throws {ConfigError} when there were faults. */
  finish(): void {
    if (this.#faults.length > 0) throw new ConfigError(this.#faults);
  }
}

/** https, or http that stays on this machine (RFC 6761 §6.3 for `localhost`). */
export function isSafe(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || isLoopbackHost(hostname);
}

export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

import type { SettingName } from './settings.ts';

/** One setting that can't be used, and what to do about it. Never holds the value, which may be a secret. */
export interface SettingFault {
  setting: SettingName;
  remedy: string;
}

/** The settings can't be used as they are; names all faults together. */
export class ConfigError extends Error {
  readonly code = 'config.invalid';
  readonly faults: readonly SettingFault[];

  constructor(faults: readonly SettingFault[]) {
    const lines = faults.map(({ setting, remedy }) => `  ${setting}: ${remedy}`);
    super(`These settings need your attention (environment or .env):\n${lines.join('\n')}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

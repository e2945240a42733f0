import { SETTING_NAMES, SETTINGS, type Setting, type SettingName } from './settings.ts';

const HEAD = `# Settings of VALClean Calendar Sync. Copy to .env and fill in what you need; the environment wins over this file.
# Lines that are commented out show the default.`;

/** The text of `.env.example`. */
export function envExample(): string {
  const groups = grouped().map(([group, names]) => {
    const lines = names.map((name) => `# ${plain(settingOf(name).description)}\n${assignment(name)}`);
    return `## ${group}\n\n${lines.join('\n')}`;
  });
  return `${HEAD}\n\n${groups.join('\n\n')}\n`;
}

/** The text of `docs/configuration.md`. */
export function configurationPage(): string {
  const groups = grouped().map(([group, names]) => {
    const rows = names.map((name) => `| \`${name}\` | ${describe(name)} | ${shownDefault(name)} |`);
    return `## ${group}\n\n| setting | what it does | default |\n|---|---|---|\n${rows.join('\n')}`;
  });
  return `# Configuration

Settings come from the environment, and below it from a file \`.env\` in the folder where the program is started. Empty
values count as absent. All faults are reported together when the program starts, each with what to do.

Outside production, missing keys are made on the first start and kept in \`DATA_DIR\` (readable by their owner only). With
\`NODE_ENV=production\` they must be given. To change \`TOKEN_ENCRYPTION_KEYS\`, put the new key first and keep the old one
until everything has been sealed anew.

Addresses of Google and Microsoft are https; http is taken for this machine only (simulators, tests).

${groups.join('\n\n')}
`;
}

function grouped(): [Setting['group'], SettingName[]][] {
  return [...Map.groupBy(SETTING_NAMES, (name) => settingOf(name).group)];
}

function settingOf(name: SettingName): Setting {
  return SETTINGS[name];
}

function describe(name: SettingName): string {
  const { description, secret } = settingOf(name);
  return (secret ? `${description} Secret.` : description).replaceAll('|', String.raw`\|`);
}

function shownDefault(name: SettingName): string {
  const { fallback } = settingOf(name);
  return fallback === undefined ? '–' : `\`${fallback}\``;
}

function assignment(name: SettingName): string {
  return `# ${name}=${settingOf(name).fallback ?? ''}`;
}

/** Without Markdown's backticks. */
function plain(text: string): string {
  return text.replaceAll('`', '');
}

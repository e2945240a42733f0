import { t } from '../../lib/t.ts';

/** A calendar service that people may have; what they have to know to connect it. */
export interface CaldavService {
  name: string;
  /** Known beforehand; `null`: the person gives it. */
  server: string | null;
  serverLabel: string;
  serverHelp: string;
  usernameLabel: string;
  passwordHelp: string;
  /** Where app passwords are made; `null`: on the person's own server. */
  passwordPage: { href: string; text: string } | null;
}

/** In the order in which they are offered; iPhones and Macs come first. */
const IDS = ['icloud', 'fastmail', 'nextcloud', 'other'] as const;

export type CaldavServiceId = (typeof IDS)[number];

export function caldavService(id: CaldavServiceId): CaldavService {
  const name = t(`calendar.caldav.${id}.name`);
  const passwordHelp = t(`calendar.caldav.${id}.password`);
  const common = { name, passwordHelp, serverLabel: t('calendar.caldav.server'), serverHelp: '' };
  switch (id) {
    case 'icloud':
      return {
        ...common,
        server: 'https://caldav.icloud.com/',
        usernameLabel: t('calendar.caldav.icloud.username'),
        passwordPage: { href: 'https://account.apple.com/', text: t('calendar.caldav.icloud.page') },
      };
    case 'fastmail':
      return {
        ...common,
        server: 'https://caldav.fastmail.com/',
        usernameLabel: t('calendar.caldav.fastmail.username'),
        passwordPage: {
          href: 'https://app.fastmail.com/settings/security/apps',
          text: t('calendar.caldav.fastmail.page'),
        },
      };
    case 'nextcloud':
      return {
        ...common,
        server: null,
        serverLabel: t('calendar.caldav.nextcloud.server'),
        serverHelp: t('calendar.caldav.nextcloud.serverHint'),
        usernameLabel: t('calendar.caldav.username'),
        passwordPage: null,
      };
    case 'other':
      return {
        ...common,
        server: null,
        serverHelp: t('calendar.caldav.other.serverHint'),
        usernameLabel: t('calendar.caldav.username'),
        passwordPage: null,
      };
  }
}

/** For lists to choose from. */
export function caldavChoices(): { value: CaldavServiceId; label: string }[] {
  return IDS.map((id) => ({ value: id, label: caldavService(id).name }));
}

export function isCaldavService(value: string | null): value is CaldavServiceId {
  return IDS.some((id) => id === value);
}

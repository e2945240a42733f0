import { GERMAN_TROUBLES } from '../../../../src/api-contract/german-troubles.ts';
import { faults } from './server/faults.ts';
import { operator } from './server/operator.ts';
import { problems } from './server/problems.ts';

/**
 * What the server says in English, by its stable codes; what is missing here is shown in English. `problem` are refusals,
 * `fault` is what is wrong with a field, `trouble` is what ails a calendar and `operator` the same for administrators,
 * `warning` comes along with what was carried out, `credentials` are ours at a provider, `reminder` is why somebody was
 * not reminded.
 */
export const server = {
  problem: problems,
  fault: faults,
  trouble: GERMAN_TROUBLES,
  operator,
  warning: {
    overlap: 'Jemand aus dem Team hat zur selben Zeit einen anderen Termin.',
    staff_absent: 'Jemand aus dem Team kann an diesen Tagen nicht kommen.',
    staff_unavailable: 'Eine im Auftrag genannte Person arbeitet hier nicht mehr. Teilen Sie jemand anderen ein.',
    moved_out_of_gap: 'Die Uhren werden an diesem Tag vorgestellt; der Termin liegt deshalb eine Stunde später.',
  },
  credentials: {
    accepted: 'Der Anbieter nimmt unsere Client-ID und den Clientschlüssel an.',
    refused: 'Der Anbieter lehnt unsere Client-ID oder unseren Clientschlüssel ab.',
    unreachable: 'Der Anbieter konnte nicht gefragt werden. Versuchen Sie es später noch einmal.',
    not_needed: 'Alle verbinden sich mit einem eigenen Passwort.',
    not_configured: 'In den Einstellungen fehlen Client-ID und Clientschlüssel.',
    unchecked: 'Noch nicht geprüft.',
  },
  reminder: {
    unknown: 'Dieses Kalenderkonto gibt es nicht (mehr).',
    needs_nobody: 'Der Kalender braucht seinen Besitzer nicht.',
    reminded_today: 'Der Besitzer wurde in den letzten 24 Stunden schon erinnert.',
    owner_inactive: 'Das Konto des Besitzers ist deaktiviert.',
    mails_switched_off: 'Der Besitzer hat E-Mails über Kalender, die ihn brauchen, abbestellt.',
  },
};

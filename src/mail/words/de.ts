import type { AppointmentNews } from '../../domain/appointment-news.ts';
import type { MailChoice } from '../../store/mail-choices.ts';
import type { PasswordMailKind } from '../../store/mails.ts';
import type { ProviderName } from '../../sync/provider.ts';
import type { LetterWords } from './en.ts';

const visitCount = (count: number): string => (count === 1 ? 'einem Termin' : `${count} Terminen`);

/** `ist bei 3 Terminen verhindert und kann zu einem Termin doch kommen` */
function absenceCounts({ absent, back }: { absent: number; back: number }): string {
  return [
    absent > 0 && `ist bei ${visitCount(absent)} verhindert`,
    back > 0 && `kann zu ${visitCount(back)} doch kommen`,
  ]
    .filter(Boolean)
    .join(' und ');
}

const SWITCH_OFF: Readonly<Record<MailChoice, string>> = {
  calendarTrouble: 'E-Mails über Kalender abbestellen, die mich brauchen',
  appointmentFiles: 'Dateien per E-Mail abbestellen',
  appointmentChanges: 'E-Mails über geänderte Termine abbestellen',
  weeklyOverview: 'Wochenübersicht abbestellen',
  teamAbsences: 'E-Mails über Verhinderte abbestellen',
  rescheduleRequests: 'E-Mails über Wünsche nach einer anderen Zeit abbestellen',
  requestAnswers: 'E-Mails mit Antworten auf meine Wünsche abbestellen',
};

const CALENDARS: Readonly<Record<ProviderName, string>> = {
  google: 'Google Kalender',
  outlook: 'Outlook-Kalender',
  caldav: 'Kalender',
};

const NEWS: Readonly<Record<AppointmentNews, { one: string; sentence: string; many: string; sentences: string }>> = {
  confirmed: {
    ...{ one: 'Bestätigt', sentence: 'Ein Termin ist bestätigt.' },
    ...{ many: 'bestätigt', sentences: 'Diese Termine sind bestätigt.' },
  },
  moved: {
    ...{ one: 'Neue Zeit', sentence: 'Ein Termin hat eine neue Zeit.' },
    ...{ many: 'mit neuen Zeiten', sentences: 'Diese Termine haben neue Zeiten.' },
  },
  cancelled: {
    ...{ one: 'Abgesagt', sentence: 'Ein Termin wurde abgesagt.' },
    ...{ many: 'abgesagt', sentences: 'Diese Termine wurden abgesagt.' },
  },
  gone: {
    ...{ one: 'Nicht mehr für Sie', sentence: 'Ein Termin betrifft Sie nicht mehr.' },
    ...{ many: 'nicht mehr für Sie', sentences: 'Diese Termine betreffen Sie nicht mehr.' },
  },
};

const LASTS: Readonly<Record<PasswordMailKind, string>> = { invitation: '7 Tagen', password_reset: '24 Stunden' };

export const de: LetterWords = {
  greeting: (name) => `Guten Tag ${name},`,
  switchOff: (choice) => SWITCH_OFF[choice],
  openAppointment: 'Termin öffnen',
  seeAppointments: 'Termine ansehen',
  andMore: (count) => `Und ${count} weitere`,
  appointmentNumber: (id) => `Termin Nr. ${id}`,
  why: (reason) => `Grund: ${reason}`,

  time: {
    days: ['Sonntag', 'Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag'],
    months: [
      ...['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni'],
      ...['Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'],
    ],
    day: (weekday, day, month, year) => `${weekday}, ${day}. ${month} ${year}`,
    clock: (hours) => `${hours} Uhr`,
  },

  absence: {
    subjectOfOne: (name, news, when) => `${name} ${news === 'absent' ? 'ist verhindert' : 'kann doch kommen'}: ${when}`,
    subject: (name, counts) => `${name} ${absenceCounts(counts)}`,
    sentence(name, counts) {
      if (counts.absent === 0) return `${name} ${absenceCounts(counts)}. Es muss niemand anderes gefunden werden.`;
      const many = `Dafür wird jemand anderes gebraucht. Bis dahin bleibt ${name} im Team.`;
      return `${name} ${absenceCounts(counts)}. ${many}`;
    },
    heading: (news, heading) => `${news === 'absent' ? 'Verhindert' : 'Kann kommen'}: ${heading}`,
    allThere: 'Die Teamwoche zeigt alle.',
    find: 'Jemand anderen finden',
    see: 'Termin ansehen',
    footnote: (name, business) =>
      `Sie erhalten diese E-Mail, weil Sie bei ${business} die Termine planen, zu denen ${name} kommt.`,
  },

  request: {
    subject: (name, title, when) => `${name} bittet um eine andere Zeit: ${title}, ${when}`,
    asks: (name, proposals) => `${name} bittet um eine andere Zeit, die beste zuerst: ${proposals}.`,
    untilThen:
      'Der Termin bleibt, wie er ist, bis eine dieser Zeiten angenommen ist. Wenn keine möglich ist, sagen Sie bitte warum.',
    answer: 'Wunsch beantworten',
    footnote: (business) => `Sie erhalten diese E-Mail, weil Sie diesen Termin bei ${business} planen.`,
  },

  answer: {
    declinedSubject: (title, when) => `Eine andere Zeit ist nicht möglich: ${title}, ${when}`,
    declined: (asked) => `Sie haben um eine andere Zeit gebeten: ${asked}. Das ist leider nicht möglich.`,
    askAgain: 'Auf der Seite des Termins können Sie um noch eine andere Zeit bitten.',
    acceptedSubject: (title, when) => `Neue Zeit nach Ihrem Wunsch: ${title}, ${when}`,
    accepted: 'Sie haben um eine andere Zeit gebeten, und wir können dann kommen.',
    footnote: (business) => `Sie erhalten diese E-Mail, weil Sie ${business} um eine andere Zeit gebeten haben.`,
  },

  changes: {
    subjectOfOne: (news, what, when) => `${NEWS[news].one}: ${what}, ${when}`,
    subject: (business, count, news) => `${business}: ${count} Termine ${news === null ? 'geändert' : NEWS[news].many}`,
    sentence(count, news) {
      if (news === null) return 'Mehrere Ihrer Termine haben sich geändert.';
      return count === 1 ? NEWS[news].sentence : NEWS[news].sentences;
    },
    heading: (news, what) => `${NEWS[news].one}: ${what}`,
    itWas: (when) => `Bisher: ${when}`,
    file: 'Öffnen Sie die angehängte Datei, um Ihren Kalender zu aktualisieren. Manche Programme legen einen zweiten Termin an, statt den ersten zu ändern; löschen Sie dann den alten.',
    restInFile: 'Sie stehen in der angehängten Datei.',
    footnote: (business) =>
      `Sie erhalten diese E-Mail, weil Sie ${business} um eine Datei gebeten haben, wenn sich Ihre Termine ändern.`,
  },

  file: {
    subject: (title, when) => `${title}, ${when}`,
    cancelledSubject: (title, when) => `Abgesagt: ${title}, ${when}`,
    here: 'Hier ist die Kalenderdatei, um die Sie gebeten haben. Öffnen Sie sie, um den Termin in Ihren Kalender einzutragen.',
    cancelled: 'Dieser Termin wurde abgesagt.',
    footnote: (business) =>
      `Sie erhalten diese E-Mail, weil diese Datei in Ihrem Konto bei ${business} angefordert wurde.`,
  },

  password: {
    set: 'Passwort festlegen',
    invitation: (business) => ({
      subject: `${business}: Ihr Konto ist bereit`,
      paragraphs: [
        `${business} hat ein Konto für Sie eingerichtet. Dort sehen Sie Ihre Termine und lassen sie in Ihrem eigenen Kalender erscheinen.`,
        `Wählen Sie ein Passwort, um sich anzumelden. Der Link gilt einmal, innerhalb von ${LASTS.invitation}.`,
      ],
      footnote: 'Wenn Sie diese E-Mail nicht erwartet haben, brauchen Sie nichts zu tun.',
    }),
    password_reset: (business) => ({
      subject: `${business}: neues Passwort festlegen`,
      paragraphs: [
        `Für Ihr Konto bei ${business} wurde ein neues Passwort angefordert.`,
        `Wählen Sie eines, um sich anzumelden. Der Link gilt einmal, innerhalb von ${LASTS.password_reset}. Bis dahin gilt Ihr jetziges Passwort.`,
      ],
      footnote: 'Wenn Sie das nicht waren, brauchen Sie nichts zu tun: Niemand sonst erhält diesen Link.',
    }),
  },

  email: {
    greeting: 'Guten Tag,',
    confirm: 'Adresse bestätigen',
    confirmation: (business) => ({
      subject: `${business}: E-Mail-Adresse bestätigen`,
      paragraphs: [
        `Jemand mit einem Konto bei ${business} möchte sich künftig mit dieser Adresse anmelden und E-Mails hier erhalten.`,
        'Wenn Sie das sind, bestätigen Sie die Adresse. Der Link gilt einmal, innerhalb von 24 Stunden. Bis dahin ändert sich nichts.',
      ],
      footnote: 'Wenn Sie das nicht sind, brauchen Sie nichts zu tun: Ohne den Link ändert sich nichts.',
    }),
    taken: (business) => ({
      subject: `${business}: Zu dieser Adresse gibt es schon ein Konto`,
      paragraphs: [
        `Jemand mit einem Konto bei ${business} wollte sich künftig mit dieser Adresse anmelden. Zu ihr gibt es schon ein Konto, deshalb wurde nichts geändert.`,
        'Wenn Sie das waren, melden Sie sich mit dieser Adresse an oder nehmen Sie für Ihr anderes Konto eine andere.',
      ],
      footnote: 'Wenn Sie das nicht waren, brauchen Sie nichts zu tun.',
    }),
    changed: (business, address) => ({
      subject: `${business}: Ihre E-Mail-Adresse wurde geändert`,
      paragraphs: [
        `Die E-Mail-Adresse, mit der Sie sich bei ${business} anmelden, wurde in ${address} geändert. E-Mails gehen künftig dorthin, und mit dieser Adresse kommt man nicht mehr in Ihr Konto.`,
        `Wenn Sie das nicht wollten, melden Sie sich sofort bei ${business}: Vielleicht ist jemand anderes in Ihr Konto gelangt.`,
      ],
      footnote: `Sie erhalten diese E-Mail, weil dies bis jetzt die Adresse Ihres Kontos bei ${business} war.`,
    }),
    assigned: (business) => ({
      subject: `${business}: Melden Sie sich künftig mit dieser Adresse an`,
      paragraphs: [
        `${business} hat die E-Mail-Adresse Ihres Kontos in diese geändert. Sie melden sich künftig mit ihr an und erhalten E-Mails hier.`,
        'Ihr Passwort bleibt, wie es ist. Sie wurden überall abgemeldet; melden Sie sich einmal neu an.',
      ],
      footnote: `Wenn Sie kein Konto bei ${business} haben, sagen Sie dort bitte, dass diese Adresse falsch ist.`,
    }),
    signIn: 'Anmelden',
  },

  reauth: {
    subject: (business, provider) => `${business}: Ihr ${CALENDARS[provider]} verlangt eine neue Anmeldung`,
    noLonger: (business, provider, account) =>
      `Ihre Termine von ${business} kommen nicht mehr in Ihrem ${CALENDARS[provider]} (${account}) an.`,
    signIn: 'Neu anmelden',
    footnote: (business) =>
      `Sie erhalten diese E-Mail, weil Sie diesen Kalender mit ${business} verbunden haben. Wenn Sie das nicht mehr möchten, trennen Sie ihn auf derselben Seite.`,
    reminder: (subject) => `Erinnerung: ${subject}`,
    questionSubject: (business, provider) => `Erinnerung: ${business} hat eine Frage zu Ihrem ${CALENDARS[provider]}`,
    question: (business, provider, account) =>
      `Viele Ihrer Termine von ${business} würden auf einmal aus Ihrem ${CALENDARS[provider]} (${account}) verschwinden.`,
    waiting:
      'Wir haben nichts geändert und warten auf Ihre Antwort. Bis dahin kommen in diesem Kalender keine neuen Termine an.',
    answerIt: 'Frage beantworten',
  },

  weekly: {
    subject: (business, day) => `${business}: Ihre Woche ab ${day}`,
    count: (total) => (total === 1 ? 'Diese Woche gibt es einen Termin.' : `Diese Woche gibt es ${total} Termine.`),
    footnote: (business) => `Sie erhalten diese E-Mail, weil Sie ${business} um eine Wochenübersicht gebeten haben.`,
  },
};

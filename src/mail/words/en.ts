import type { AppointmentNews } from '../../domain/appointment-news.ts';
import type { MailChoice } from '../../store/mail-choices.ts';
import type { PasswordMailKind } from '../../store/mails.ts';
import type { ProviderName } from '../../sync/provider.ts';

/** What a letter about absences says of visits. */
export type AbsenceNews = 'absent' | 'back';

const visitCount = (count: number): string => (count === 1 ? '1 visit' : `${count} visits`);

/** `cannot come to 3 visits and can come to 1 visit after all` */
function absenceCounts({ absent, back }: { absent: number; back: number }): string {
  return [absent > 0 && `cannot come to ${visitCount(absent)}`, back > 0 && `can come to ${visitCount(back)} after all`]
    .filter(Boolean)
    .join(' and ');
}

const SWITCH_OFF: Readonly<Record<MailChoice, string>> = {
  calendarTrouble: 'Stop mails about calendars that need me',
  appointmentFiles: 'Stop files by e-mail',
  appointmentChanges: 'Stop mails about changed appointments',
  weeklyOverview: 'Stop the weekly overview',
  teamAbsences: 'Stop mails about people who cannot come',
  rescheduleRequests: 'Stop mails about customers who ask for another time',
  requestAnswers: 'Stop mails with answers to my requests',
};

const CALENDARS: Readonly<Record<ProviderName, string>> = {
  google: 'Google calendar',
  outlook: 'Outlook calendar',
  caldav: 'calendar',
};

const NEWS: Readonly<Record<AppointmentNews, { one: string; sentence: string; many: string; sentences: string }>> = {
  confirmed: {
    ...{ one: 'Confirmed', sentence: 'An appointment is confirmed.' },
    ...{ many: 'confirmed', sentences: 'These appointments are confirmed.' },
  },
  moved: {
    ...{ one: 'New time', sentence: 'An appointment has a new time.' },
    ...{ many: 'have new times', sentences: 'These appointments have new times.' },
  },
  cancelled: {
    ...{ one: 'Cancelled', sentence: 'An appointment was cancelled.' },
    ...{ many: 'cancelled', sentences: 'These appointments were cancelled.' },
  },
  gone: {
    ...{ one: 'No longer yours', sentence: 'An appointment is no longer yours.' },
    ...{ many: 'no longer yours', sentences: 'These appointments are no longer yours.' },
  },
};

const LASTS: Readonly<Record<PasswordMailKind, string>> = { invitation: '7 days', password_reset: '24 hours' };

/** All words of letters: the source of every other language. */
export const en = {
  greeting: (name: string) => `Hello ${name},`,
  switchOff: (choice: MailChoice) => SWITCH_OFF[choice],
  openAppointment: 'Open the appointment',
  seeAppointments: 'See your appointments',
  andMore: (count: number) => `And ${count} more`,
  appointmentNumber: (id: number) => `appointment #${id}`,
  why: (reason: string) => `Why: ${reason}`,

  time: {
    days: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
    months: [
      ...['January', 'February', 'March', 'April', 'May', 'June'],
      ...['July', 'August', 'September', 'October', 'November', 'December'],
    ],
    day: (weekday: string, day: number, month: string, year: number) => `${weekday} ${day} ${month} ${year}`,
    /** Of one hour or two. */
    clock: (hours: string) => hours,
  },

  absence: {
    subjectOfOne: (name: string, news: AbsenceNews, when: string) =>
      `${name} ${news === 'absent' ? 'cannot come' : 'can come after all'}: ${when}`,
    subject: (name: string, counts: { absent: number; back: number }) => `${name} ${absenceCounts(counts)}`,
    sentence(name: string, counts: { absent: number; back: number }) {
      if (counts.absent === 0) return `${name} ${absenceCounts(counts)}. Nobody else has to be found.`;
      const need = counts.absent === 1 ? 'It needs somebody else.' : 'They need somebody else.';
      return `${name} ${absenceCounts(counts)}. ${need} Until then ${name} stays on the team.`;
    },
    heading: (news: AbsenceNews, heading: string) => `${news === 'absent' ? 'Cannot come' : 'Can come'}: ${heading}`,
    allThere: 'The team’s week shows them all.',
    find: 'Find somebody else',
    see: 'See the visit',
    footnote: (name: string, business: string) =>
      `You get this mail because you plan the visits of ${name} at ${business}.`,
  },

  request: {
    subject: (name: string, title: string, when: string) => `${name} asks for another time: ${title}, ${when}`,
    asks: (name: string, proposals: string) => `${name} asks for another time, the best first: ${proposals}.`,
    untilThen: 'Nothing is moved until one of these times is accepted. If none is possible, say why.',
    answer: 'Answer the wish',
    footnote: (business: string) => `You get this mail because you plan this visit at ${business}.`,
  },

  answer: {
    declinedSubject: (title: string, when: string) => `Another time is not possible: ${title}, ${when}`,
    declined: (asked: string) => `You asked for another time: ${asked}. Unfortunately that is not possible.`,
    askAgain: 'You can ask for yet another time on the page of the appointment.',
    acceptedSubject: (title: string, when: string) => `New time as you wished: ${title}, ${when}`,
    accepted: 'You asked for another time, and we can come then.',
    footnote: (business: string) => `You get this mail because you asked ${business} for another time.`,
  },

  changes: {
    subjectOfOne: (news: AppointmentNews, what: string, when: string) => `${NEWS[news].one}: ${what}, ${when}`,
    /** `null`: different things happened. */
    subject: (business: string, count: number, news: AppointmentNews | null) =>
      `${business}: ${count} appointments ${news === null ? 'changed' : NEWS[news].many}`,
    sentence(count: number, news: AppointmentNews | null) {
      if (news === null) return 'Several of your appointments have changed.';
      return count === 1 ? NEWS[news].sentence : NEWS[news].sentences;
    },
    heading: (news: AppointmentNews, what: string) => `${NEWS[news].one}: ${what}`,
    itWas: (when: string) => `It was: ${when}`,
    file: 'Open the attached file to bring your calendar up to date. Some calendar programs add a second event instead of changing the first; delete the old one then.',
    restInFile: 'They are in the attached file.',
    footnote: (business: string) =>
      `You get this mail because you asked ${business} for a file by e-mail when your appointments change.`,
  },

  file: {
    subject: (title: string, when: string) => `${title}, ${when}`,
    cancelledSubject: (title: string, when: string) => `Cancelled: ${title}, ${when}`,
    here: 'Here is the calendar file that you asked for. Open it to put the appointment into your calendar.',
    cancelled: 'This appointment was cancelled.',
    footnote: (business: string) =>
      `You get this mail because somebody signed in to your ${business} account asked for this file.`,
  },

  password: {
    set: 'Set your password',
    invitation: (business: string) => ({
      subject: `${business}: your account is ready`,
      paragraphs: [
        `${business} has made an account for you. There you see your appointments, and have them appear in your own calendar.`,
        `Choose a password to sign in. The link works once, within ${LASTS.invitation}.`,
      ],
      footnote: 'If you did not expect this mail, you need not do anything.',
    }),
    password_reset: (business: string) => ({
      subject: `${business}: set a new password`,
      paragraphs: [
        `A new password was asked for, for your account at ${business}.`,
        `Choose one to sign in. The link works once, within ${LASTS.password_reset}. Your present password works until then.`,
      ],
      footnote: 'If it was not you who asked, you need not do anything: nobody else gets this link.',
    }),
  },

  email: {
    /** To a letter box of which it is not known whose it is. */
    greeting: 'Hello,',
    confirm: 'Confirm the address',
    confirmation: (business: string) => ({
      subject: `${business}: confirm your e-mail address`,
      paragraphs: [
        `Somebody with an account at ${business} wants to sign in with this address from now on, and to get mails here.`,
        'If that is you, confirm the address. The link works once, within 24 hours. Nothing changes until then.',
      ],
      footnote: 'If that is not you, you need not do anything: without the link nothing changes.',
    }),
    taken: (business: string) => ({
      subject: `${business}: this address has an account already`,
      paragraphs: [
        `Somebody with an account at ${business} wanted to sign in with this address. There is an account with it already, so nothing was changed.`,
        'If that was you, sign in with this address, or take another one for your other account.',
      ],
      footnote: 'If that was not you, you need not do anything.',
    }),
    changed: (business: string, address: string) => ({
      subject: `${business}: your e-mail address was changed`,
      paragraphs: [
        `The e-mail address with which you sign in at ${business} was changed to ${address}. Mails go there from now on, and this address no longer opens your account.`,
        `If you did not want that, tell ${business} at once: somebody else may have got into your account.`,
      ],
      footnote: `You get this mail because this was the address of your account at ${business} until now.`,
    }),
    assigned: (business: string) => ({
      subject: `${business}: sign in with this address from now on`,
      paragraphs: [
        `${business} has changed the e-mail address of your account to this one. You sign in with it from now on, and mails come here.`,
        'Your password stays as it is. You were signed out everywhere, so sign in once more.',
      ],
      footnote: `If you have no account at ${business}, please tell them that this address is wrong.`,
    }),
    signIn: 'Sign in',
  },

  reauth: {
    subject: (business: string, provider: ProviderName) =>
      `${business}: your ${CALENDARS[provider]} needs you to sign in again`,
    noLonger: (business: string, provider: ProviderName, account: string) =>
      `Your ${business} appointments no longer reach your ${CALENDARS[provider]} (${account}).`,
    signIn: 'Sign in again',
    footnote: (business: string) =>
      `You get this mail because you connected this calendar to ${business}. If you do not want it any more, disconnect it on the same page.`,
    reminder: (subject: string) => `Reminder: ${subject}`,
    questionSubject: (business: string, provider: ProviderName) =>
      `Reminder: ${business} has a question about your ${CALENDARS[provider]}`,
    question: (business: string, provider: ProviderName, account: string) =>
      `Many of your ${business} events would disappear from your ${CALENDARS[provider]} (${account}) at once.`,
    waiting: 'We changed nothing and wait for your answer. New appointments do not reach this calendar until then.',
    answerIt: 'Answer the question',
  },

  weekly: {
    subject: (business: string, day: string) => `${business}: your week from ${day}`,
    count: (total: number) =>
      total === 1 ? 'There is one appointment this week.' : `There are ${total} appointments this week.`,
    footnote: (business: string) => `You get this mail because you asked ${business} for a weekly overview.`,
  },
};

export type LetterWords = typeof en;

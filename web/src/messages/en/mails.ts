/** Where the links at the foot of mails lead. */
export const mails = {
  title: 'E-mail',
  stops: {
    appointment_changes: 'This stops files by e-mail when your appointments change. Everything else stays as it is.',
    appointment_files: 'This stops calendar files that are asked for in your account. Everything else stays as it is.',
    team_absences: 'This stops mails that tell when somebody of your team can’t come. Everything else stays as it is.',
    reschedule_requests:
      'This stops mails that tell when a customer asks for another time. Everything else stays as it is.',
    request_answers:
      'This stops mails that tell when your wish for another time is answered. Everything else stays as it is.',
    calendar_trouble: 'This stops mails that tell when a calendar needs you. Everything else stays as it is.',
    weekly_overview: 'This stops the weekly overview. Everything else stays as it is.',
  },
  cutLink: 'This link is not complete',
  cutLinkNext: 'Sign in and choose your mails in the settings.',
  stopped: 'You won’t get these mails any more',
  stoppedNext: 'You can switch them on again in the settings.',
  stop: 'Stop these mails',
  settings: 'Choose your mails in the settings',
} as const;

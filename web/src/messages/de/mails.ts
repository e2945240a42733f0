import type { Translated } from '../translated.ts';
import type { mails as source } from '../en/mails.ts';

export const mails: Translated<typeof source> = {
  title: 'E-Mail',
  stops: {
    appointment_changes:
      'Sie erhalten dann keine Dateien mehr per E-Mail, wenn sich Ihre Termine ändern. Alles andere bleibt, wie es ist.',
    appointment_files:
      'Sie erhalten dann keine Kalenderdateien mehr, die in Ihrem Konto angefordert werden. Alles andere bleibt, wie es ist.',
    team_absences:
      'Sie erhalten dann keine E-Mails mehr, wenn jemand aus Ihrem Team verhindert ist. Alles andere bleibt, wie es ist.',
    reschedule_requests:
      'Sie erhalten dann keine E-Mails mehr, wenn um eine andere Zeit gebeten wird. Alles andere bleibt, wie es ist.',
    request_answers:
      'Damit kommen keine E-Mails mehr, wenn Ihr Wunsch nach einer anderen Zeit beantwortet ist. Alles andere bleibt.',
    calendar_trouble:
      'Sie erhalten dann keine E-Mails mehr, wenn ein Kalender Ihre Hilfe braucht. Alles andere bleibt, wie es ist.',
    weekly_overview: 'Sie erhalten dann keine Wochenübersicht mehr. Alles andere bleibt, wie es ist.',
  },
  cutLink: 'Dieser Link ist unvollständig',
  cutLinkNext: 'Melden Sie sich an und wählen Sie Ihre E-Mails in den Einstellungen.',
  stopped: 'Sie erhalten diese E-Mails nicht mehr',
  stoppedNext: 'Sie können sie in den Einstellungen wieder einschalten.',
  stop: 'Diese E-Mails abbestellen',
  settings: 'E-Mails in den Einstellungen wählen',
};

import { useState } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import type { WallClock } from '../../lib/time.ts';
import { oddTime } from './odd-time.ts';

/** What a dialog says and asks before a visit is moved. */
export interface TimeDoubt {
  isNight: boolean;
  /** The question is on the screen: whoever saves now means it. */
  isAsking: boolean;
  /** Asks once for each time before now; `true`: asked just now, so nothing is to be saved yet. */
  asksFirst(): boolean;
}

export function useOddTime(appointment: AppointmentJson, wanted: WallClock): TimeDoubt {
  const [asked, setAsked] = useState<string | null>(null);
  const odd = oddTime(appointment, wanted, new Date());
  const key = `${wanted.date}T${wanted.time}`;
  const isAsking = odd === 'past' && asked === key;
  return {
    isNight: odd === 'night',
    isAsking,
    asksFirst() {
      if (odd !== 'past' || isAsking) return false;
      setAsked(key);
      return true;
    },
  };
}

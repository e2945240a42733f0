/**
 * Where what the server says by a stable code is meant for those who write programs, people at a form read this; everything
 * else is shown as the server says it.
 */
export const server = {
  problem: {
    // The field says which time, and which there are instead.
    time_does_not_exist: 'Clocks skip this time',
  },
  fault: {
    not_a_time: 'Choose a day and a time in the years 2000 to 2199.',
    not_an_instant: 'Choose a day and a time in the years 2000 to 2199.',
    not_a_day: 'Choose a day in the years 2000 to 2199.',
  },
} as const;

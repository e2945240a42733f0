/** The time of the simulator; a test may give its own. */
export interface SimulatorClock {
  now(): Date;
}

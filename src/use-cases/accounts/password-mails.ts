/** Links to set one's password that a person gets: enough when one is lost, too few to fill a letter box. */
export const PASSWORD_MAILS_AN_HOUR = 3;

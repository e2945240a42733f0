import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { startServer, type CaldavServer } from './caldav-servers.ts';

/** Debian's packages `cyrus-caldav` and `cyrus-imapd` bring them. */
const FOLDER = '/usr/lib/cyrus/bin';
/** From `sasl2-bin`: writes passwords where Cyrus looks them up. */
const PASSWORDS = '/usr/sbin/saslpasswd2';
/** It insists on being this user. */
const USER = 'cyrus';
const REALM = 'localhost';

/** The program of Cyrus; `null` when it is not whole on this machine, or when we may not start it. */
export function findCyrus(): string | null {
  const parts = [`${FOLDER}/master`, `${FOLDER}/httpd`, `${FOLDER}/imapd`, PASSWORDS];
  return process.getuid?.() === 0 && parts.every((file) => fs.existsSync(file)) ? `${FOLDER}/master` : null;
}

/**
 * Starts Cyrus with this person in it, who has a calendar already.
 * @param cleanup ends it and removes its folder, also when it does not start or the test gives up before
 * @throws when it is not installed, or does not start
 */
export async function startCyrus(
  person: { username: string; password: string },
  cleanup: AsyncDisposableStack,
): Promise<CaldavServer> {
  let home = '';
  const server = await startServer({ name: 'cyrus', program: findCyrus(), user: USER }, cleanup, (folder, port) => {
    home = folder;
    for (const part of ['conf/db', 'conf/log', 'conf/user', 'lock', 'proc', 'spool'])
      fs.mkdirSync(path.join(folder, part), { recursive: true });
    const passwords = path.join(folder, 'passwords');
    const args = ['-p', '-c', '-f', passwords, '-u', REALM, person.username];
    execFileSync(PASSWORDS, args, { input: person.password });
    const settings = path.join(folder, 'imapd.conf');
    fs.writeFileSync(settings, settingsOf(folder, passwords));
    const services = path.join(folder, 'cyrus.conf');
    fs.writeFileSync(services, servicesOf(folder, settings, port));
    return ['-C', settings, '-M', services, '-p', path.join(folder, 'master.pid')];
  });
  await signInOnce(path.join(home, 'imap'), person);
  return server;
}

function settingsOf(folder: string, passwords: string): string {
  const lines = {
    configdirectory: `${folder}/conf`,
    proc_path: `${folder}/proc`,
    mboxname_lockpath: `${folder}/lock`,
    defaultpartition: 'default',
    'partition-default': `${folder}/spool`,
    servername: REALM,
    unixhierarchysep: 'yes',
    altnamespace: 'no',
    allowplaintext: 'yes',
    httpmodules: 'caldav',
    sasl_pwcheck_method: 'auxprop',
    sasl_auxprop_plugin: 'sasldb',
    sasl_sasldb_path: passwords,
    sasl_mech_list: 'PLAIN',
    // Who signs in for the first time gets a mailbox, and with it a calendar.
    autocreate_users: 'anyone',
    autocreate_quota: '0',
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

function servicesOf(folder: string, settings: string, port: number): string {
  return [
    `START {\n  recover cmd="ctl_cyrusdb -C ${settings} -r"\n}\n`,
    'SERVICES {\n',
    `  http cmd="httpd -C ${settings}" listen="127.0.0.1:${port}" prefork=0\n`,
    `  imap cmd="imapd -C ${settings}" listen="${folder}/imap" prefork=0\n`,
    '}\n',
  ].join('');
}

/** Mailboxes are made by the mail side alone. @throws when it does not let the person in */
async function signInOnce(socket: string, { username, password }: { username: string; password: string }) {
  const line = net.connect(socket).setEncoding('utf8');
  let said = '';
  line.on('data', (text: string) => (said += text));
  line.write(`1 LOGIN "${username}" "${password}"\r\n2 LOGOUT\r\n`);
  await once(line, 'close');
  if (!said.includes('1 OK')) throw new Error(`Cyrus refuses to open a mailbox: ${said}`);
}

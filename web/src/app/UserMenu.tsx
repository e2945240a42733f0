import { Menu, UnstyledButton } from '@mantine/core';
import type { ReactElement } from 'react';
import { Icon } from '../components/Icon.tsx';
import { signOut } from '../features/auth/api/sign-out.ts';
import { initialsOf } from '../lib/initials.ts';
import type { SessionUser } from '../lib/session.ts';
import classes from './Shell.module.css';

const ROLE_WORDS: Readonly<Record<SessionUser['role'], string>> = {
  customer: 'Customer',
  staff: 'Staff',
  manager: 'Manager',
  admin: 'Administrator',
};

/** Who is signed in, as initials so that the bar has room for its places; the name stands in the menu. */
export function UserMenu({ user }: { user: SessionUser }): ReactElement {
  return (
    <Menu position="bottom-end" width={260} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton className={classes.user} aria-label={`Account of ${user.name}`}>
          {/* Drawn by the style sheet: as text it would have to be a part of the button's name. */}
          <span className={classes.initials} data-initials={initialsOf(user.name)} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          {/* No paragraphs: a menu may own nothing but its items. */}
          <div>{user.name}</div>
          <div>{user.email}</div>
          <div>{ROLE_WORDS[user.role]}</div>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="signOut" size={18} />} onClick={() => void signOut()} data-autofocus>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

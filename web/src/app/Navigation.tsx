import { Menu, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link, useRouterState } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { Icon } from '../components/Icon.tsx';
import type { SessionUser } from '../lib/session.ts';
import { NAVIGATION, splitNavigation, type NavigationEntry } from './navigation.ts';
import classes from './Shell.module.css';

/** The role's own places. On small screens at the lower edge; what does not fit is behind "More". */
export function Navigation({ role }: { role: SessionUser['role'] }): ReactElement {
  const narrow = useMediaQuery('(max-width: 74.99em)', undefined, { getInitialValueInEffect: false });
  const { bar, more } = splitNavigation(NAVIGATION[role], narrow);
  return (
    <nav className={classes.navigation} aria-label="Main">
      {bar.map(({ to, icon, word }) => (
        <Link key={to} to={to} className={classes.link} activeOptions={{ includeSearch: false, exact: to === '/' }}>
          <Icon name={icon} size={20} />
          {word}
        </Link>
      ))}
      {more.length > 0 && <More entries={more} />}
    </nav>
  );
}

function More({ entries }: { entries: readonly NavigationEntry[] }): ReactElement {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const within = entries.some(({ to }) => path.startsWith(to));
  return (
    <Menu position="top-end" width={220} withinPortal={false}>
      <Menu.Target>
        <UnstyledButton className={classes.link} data-status={within ? 'active' : undefined}>
          <Icon name="more" size={20} />
          More
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {entries.map(({ to, icon, word }) => (
          <Menu.Item key={to} component={Link} to={to} leftSection={<Icon name={icon} size={18} />}>
            {word}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

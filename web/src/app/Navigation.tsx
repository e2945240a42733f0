import { Menu, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link, useRouterState } from '@tanstack/react-router';
import type { ReactElement, RefObject } from 'react';
import { Icon, type IconName } from '../components/Icon.tsx';
import type { SessionUser } from '../lib/session.ts';
import { t } from '../lib/t.ts';
import { MOST_ON_A_PHONE, NAVIGATION, splitNavigation, type NavigationEntry } from './navigation.ts';
import classes from './Shell.module.css';
import { usePlaces } from './use-places.ts';

const MORE = { icon: 'more', name: 'more' } as const;

/**
 * The role's own places. On small screens at the lower edge, otherwise in the bar: as many as fit, whatever the words and
 * the name of the business are. The rest is behind "More".
 */
export function Navigation({ role }: { role: SessionUser['role'] }): ReactElement {
  const entries = NAVIGATION[role];
  const phone = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  const { navigation, ruler, places } = usePlaces(!phone);
  const { bar, more } = splitNavigation(entries, phone ? MOST_ON_A_PHONE : places);
  return (
    <nav ref={navigation} className={classes.navigation} aria-label={t('app.navigation.label')}>
      {bar.map(({ to, icon, name }) => (
        <Link key={to} to={to} className={classes.link} activeOptions={{ includeSearch: false, exact: to === '/' }}>
          <Icon name={icon} size={20} />
          {t(`app.navigation.${name}`)}
        </Link>
      ))}
      {more.length > 0 && <More entries={more} above={phone} />}
      {!phone && <Ruler ref={ruler} entries={[...entries, MORE]} />}
    </nav>
  );
}

function More({ entries, above }: { entries: readonly NavigationEntry[]; above: boolean }): ReactElement {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const within = entries.some(({ to }) => path.startsWith(to));
  return (
    <Menu
      position={above ? 'top-end' : 'bottom-end'}
      width={220}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <UnstyledButton className={classes.link} data-status={within ? 'active' : undefined}>
          <Icon name={MORE.icon} size={20} />
          {t(`app.navigation.${MORE.name}`)}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {entries.map(({ to, icon, name }) => (
          <Menu.Item
            key={to}
            component={Link}
            to={to}
            className={classes.item}
            leftSection={<Icon name={icon} size={18} />}
          >
            {t(`app.navigation.${name}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What the entries measure, those behind "More" too. Its words come from the style sheet: there is nothing to read in it. */
function Ruler({
  ref,
  entries,
}: {
  ref: RefObject<HTMLDivElement | null>;
  entries: readonly { icon: IconName; name: NavigationEntry['name'] | 'more' }[];
}): ReactElement {
  return (
    <div ref={ref} className={classes.ruler} aria-hidden>
      {entries.map(({ icon, name }) => (
        <span key={name} className={classes.link} data-word={t(`app.navigation.${name}`)}>
          <Icon name={icon} size={20} />
        </span>
      ))}
    </div>
  );
}

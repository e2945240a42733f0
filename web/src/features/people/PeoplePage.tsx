import { Button, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { UserJson } from '../../../../src/api-contract/users.ts';
import { PhoneLink } from '../../components/Reach.tsx';
import { Icon } from '../../components/Icon.tsx';
import { LongList } from '../../components/LongList.tsx';
import { Empty, Failure, Loading } from '../../components/Notices.tsx';
import { Page } from '../../components/Page.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { initialsOf } from '../../lib/initials.ts';
import { t } from '../../lib/t.ts';
import { managersQuery, peopleQuery, type PeopleFilter } from './api/list-people.ts';
import { EditPersonDialog } from './EditPersonDialog.tsx';
import { NewPersonDialog } from './NewPersonDialog.tsx';
import { inactiveStatus, invitedStatus, placeWords, ROLES } from './people-words.ts';
import classes from './PeoplePage.module.css';

type Role = UserJson['role'];

/** Typing pauses this long before the server is asked. */
const PAUSE_MS = 250;

/** Everybody with an account, for administrators. */
export function PeoplePage(props: { role: Role | undefined; onRole: (role: Role | undefined) => void }): ReactElement {
  const [adding, setAdding] = useState(false);
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const [withInactive, setWithInactive] = useState(false);
  return (
    <Page
      title={t('people.title')}
      below={<p className={classes.lead}>{t('people.lead')}</p>}
      actions={
        <Button leftSection={<Icon name="plus" size={18} />} onClick={() => setAdding(true)}>
          {t('people.add')}
        </Button>
      }
    >
      <div className={classes.filters}>
        <SegmentedControl
          aria-label={t('people.which')}
          value={props.role ?? 'all'}
          onChange={(value) => props.onRole(ROLES.find((role) => role === value))}
          data={[
            { value: 'all', label: t('people.all') },
            ...ROLES.map((role) => ({ value: role, label: t(`people.roles.${role}`) })),
          ]}
        />
        <TextInput
          aria-label={t('people.search')}
          placeholder={t('people.searchHint')}
          type="search"
          className={classes.search}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Switch
          label={t('people.showDeactivated')}
          checked={withInactive}
          onChange={(event) => setWithInactive(event.currentTarget.checked)}
        />
      </div>
      <PeopleList filter={{ role: props.role, search, is_active: withInactive ? undefined : 'true' }} />
      {adding && <NewPersonDialog role={props.role ?? 'staff'} onClose={() => setAdding(false)} />}
    </Page>
  );
}

function PeopleList({ filter }: { filter: PeopleFilter }): ReactElement {
  const query = useInfiniteQuery(peopleQuery(filter));
  const managers = useQuery(managersQuery());
  const [edited, setEdited] = useState<UserJson | null>(null);
  if (query.isPending) return <Loading words={t('people.loading')} />;
  if (query.isLoadingError) {
    return <Failure title={t('people.notShown')} error={query.error} onRetry={() => void query.refetch()} />;
  }
  const people = query.data.pages.flatMap((page) => page.items);
  if (people.length === 0) return <Empty icon="people" title={t('people.nobodyFound')} />;
  const names = new Map(managers.data?.map(({ id, name }) => [id, name]));
  return (
    <>
      <LongList
        name="people"
        rows={people}
        keyOf={(person) => person.id}
        renderRow={(person) => (
          <div className={classes.person}>
            <Person person={person} place={placeWords(person, names)} onEdit={() => setEdited(person)} />
          </div>
        )}
        rowPx={() => 72}
        gapPx={8}
        following={query}
      />
      {edited !== null && <EditPersonDialog person={edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function Person(props: { person: UserJson; place: string; onEdit: () => void }): ReactElement {
  const { person } = props;
  return (
    <>
      <span className={classes.badge} aria-hidden="true">
        {initialsOf(person.name)}
      </span>
      <div className={classes.who}>
        <h2 className={classes.name}>{person.name}</h2>
        <p>{props.place}</p>
      </div>
      <div className={classes.reach}>
        <a href={`mailto:${person.email}`}>{person.email}</a>
        {person.phone !== null && <PhoneLink phone={person.phone} />}
      </div>
      <div className={classes.state}>
        {!person.is_active && <StatusTag status={inactiveStatus()} />}
        {person.is_active && person.is_invited && <StatusTag status={invitedStatus()} />}
        <Button variant="default" size="sm" onClick={props.onEdit} aria-label={t('people.edit', { name: person.name })}>
          {t('common.edit')}
        </Button>
      </div>
    </>
  );
}

import { Menu, UnstyledButton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { Icon } from '../components/Icon.tsx';
import { changeLanguage } from '../components/LanguageChoice.tsx';
import { accountQuery, changeAccount } from '../features/account/api/account.ts';
import { signOut } from '../features/auth/api/sign-out.ts';
import { initialsOf } from '../lib/initials.ts';
import type { SessionUser } from '../lib/session.ts';
import { LANGUAGES, type Language } from '../lib/language.ts';
import { t, useLanguage } from '../lib/t.ts';
import { tellFailure } from '../lib/tell.ts';
import { useMutation } from '../lib/use-mutation.ts';
import classes from './Shell.module.css';

/** Who is signed in, as initials so that the bar has room for its places; the name stands in the menu. */
export function UserMenu({ user }: { user: SessionUser }): ReactElement {
  return (
    <Menu position="bottom-end" width={260} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton className={classes.user} aria-label={t('app.accountOf', { name: user.name })}>
          {/* Drawn by the style sheet: as text it would have to be a part of the button's name. */}
          <span className={classes.initials} data-initials={initialsOf(user.name)} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          {/* No paragraphs: a menu may own nothing but its items. */}
          <div>{user.name}</div>
          <div>{user.email}</div>
          <div>{t(`people.role.${user.role}`)}</div>
        </div>
        <Menu.Divider />
        <Menu.Item
          component={Link}
          to="/settings/account"
          className={classes.item}
          leftSection={<Icon name="person" size={18} />}
          data-autofocus
        >
          {t('account.title')}
        </Menu.Item>
        <Menu.Divider />
        <LanguageItems />
        <Menu.Divider />
        <Menu.Item component="a" href="/help/" leftSection={<Icon name="info" size={18} />}>
          {t('app.help')}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="signOut" size={18} />} onClick={() => void signOut()}>
          {t('app.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Each language by its own name, for whoever does not read the present one. Mails follow it. */
function LanguageItems(): ReactElement {
  const present = useLanguage();
  const client = useQueryClient();
  const saving = useMutation({
    mutationFn: (language: Language) => changeAccount({ language }),
    onSuccess: (changed) => client.setQueryData(accountQuery().queryKey, changed),
    onError: (error) => tellFailure(t('app.mailLanguageNotSaved'), error),
  });
  const choose = async (language: Language): Promise<void> => {
    if (await changeLanguage(language)) saving.mutate(language);
  };
  return (
    <Menu.RadioGroup value={present} onChange={(value) => void choose(value as Language)}>
      <Menu.Label>{t('common.language')}</Menu.Label>
      {Object.entries(LANGUAGES).map(([language, name]) => (
        <Menu.RadioItem key={language} value={language} lang={language}>
          {name}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}

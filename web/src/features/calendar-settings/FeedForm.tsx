import { Button, TextInput } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { NewFeedJson } from '../../../../src/api-contract/feeds.ts';
import { FormProblem } from '../../components/FormProblem.tsx';
import { Icon } from '../../components/Icon.tsx';
import { t } from '../../lib/t.ts';
import { BUSINESS } from '../../lib/business.ts';
import classes from './Subscriptions.module.css';
import { useCreateFeed } from './use-feeds.ts';

/** Asks for a name, and makes the address. */
export function FeedForm({ onMade }: { onMade: (feed: NewFeedJson) => void }): ReactElement {
  const [name, setName] = useState(BUSINESS.name);
  const making = useCreateFeed(onMade);
  return (
    <form
      className={classes.parts}
      onSubmit={(event) => {
        event.preventDefault();
        making.mutate({ name });
      }}
    >
      <FormProblem error={making.error} />
      <div className={classes.form}>
        <TextInput
          label={t('calendar.subscribe.name')}
          description={t('calendar.subscribe.nameHint')}
          value={name}
          maxLength={100}
          required
          withAsterisk={false}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" loading={making.isPending} leftSection={<Icon name="plus" size={18} />}>
          {t('calendar.subscribe.make')}
        </Button>
      </div>
    </form>
  );
}

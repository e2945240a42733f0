import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useConnection } from '../lib/browser-connection.ts';
import { messageOf } from '../lib/problem.ts';
import { t } from '../lib/t.ts';
import classes from './CardStates.module.css';

/** While a card's content is fetched, or waits for a connection; as high as two lines, so that the page moves little. */
export function CardLoading({ words }: { words: string }): ReactElement {
  const waits = useConnection() !== 'online';
  return (
    <p className={classes.loading} role="status">
      {waits ? t('common.connection.waits') : words}
    </p>
  );
}

/** A card's content could not be fetched; the rest of the page goes on. */
export function CardFailure({ error, onRetry }: { error: unknown; onRetry: () => void }): ReactElement {
  return (
    <div className={classes.failure} role="alert">
      <p>{messageOf(error)}</p>
      <Button variant="default" size="xs" onClick={onRetry}>
        {t('common.tryAgain')}
      </Button>
    </div>
  );
}

import type { ReactElement } from 'react';
import { useConnection } from '../lib/browser-connection.ts';
import { t } from '../lib/t.ts';
import classes from './ConnectionNotice.module.css';
import { Icon } from './Icon.tsx';

/** Says on every page that the server can't be reached; a form says it when it is sent. Always there, so that it is read aloud. */
export function ConnectionNotice(): ReactElement {
  const connection = useConnection();
  return (
    <div role="status" aria-label={t('common.connection.name')} className={classes.place}>
      {connection !== 'online' && (
        <p className={classes.notice}>
          <Icon name="alert" size={18} />
          {t(`common.connection.${connection}`)}
        </p>
      )}
    </div>
  );
}

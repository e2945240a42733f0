import { Button, CopyButton, Group, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { Icon } from '../../components/Icon.tsx';
import { t } from '../../lib/t.ts';

/** The page at Microsoft where an administrator allows us for a whole organisation: to open, or to send to them. */
export function AdminConsentLink({ url }: { url: string }): ReactElement {
  return (
    <Group gap="sm" align="flex-end" mt="sm">
      <TextInput
        label={t('calendar.administrator.link')}
        value={url}
        readOnly
        flex="1 1 16rem"
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton value={url}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy} leftSection={<Icon name={copied ? 'check' : 'link'} size={18} />}>
            {copied ? t('common.copied') : t('calendar.administrator.copy')}
          </Button>
        )}
      </CopyButton>
      <Button
        component="a"
        href={url}
        target="_blank"
        rel="noreferrer"
        variant="default"
        leftSection={<Icon name="external" size={18} />}
      >
        {t('calendar.administrator.itsMe')}
      </Button>
    </Group>
  );
}

import { Button, Stack } from '@mantine/core';
import type { ReactElement } from 'react';
import type { MailChoiceJson } from '../../../../src/api-contract/calendar.ts';
import { OuterFrame } from '../../components/OuterFrame.tsx';
import { StatusStrip } from '../../components/StatusTag.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { messageOf } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import { unsubscribe } from './api/unsubscribe.ts';

/** Where the link at the foot of a mail leads. It asks first: programs follow links, too. */
export function UnsubscribePage(props: { mails: MailChoiceJson | undefined; token: string }): ReactElement {
  const { mails, token } = props;
  const stopping = useMutation({ mutationFn: () => unsubscribe(token) });
  const readable = mails !== undefined && token !== '';
  return (
    <OuterFrame title={t('mails.title')} lead={readable ? t(`mails.stops.${mails}`) : ''}>
      <Stack>
        {!readable && (
          <StatusStrip tone="warn" icon="alert" title={t('mails.cutLink')}>
            <p>{t('mails.cutLinkNext')}</p>
          </StatusStrip>
        )}
        {stopping.isError && (
          <div role="alert">
            <StatusStrip tone="bad" icon="alert" title={t('common.didNotWork')}>
              <p>{messageOf(stopping.error)}</p>
            </StatusStrip>
          </div>
        )}
        {stopping.isSuccess && (
          <div role="status">
            <StatusStrip tone="good" icon="check" title={t('mails.stopped')}>
              <p>{t('mails.stoppedNext')}</p>
            </StatusStrip>
          </div>
        )}
        {readable && !stopping.isSuccess && (
          <Button fullWidth loading={stopping.isPending} onClick={() => stopping.mutate()}>
            {t('mails.stop')}
          </Button>
        )}
        <p>
          <TextLink to="/settings/calendar" underline="always">
            {t('mails.settings')}
          </TextLink>
        </p>
      </Stack>
    </OuterFrame>
  );
}

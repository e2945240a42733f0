import type { ReactElement, ReactNode } from 'react';
import { Card } from '../../components/Card.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { t } from '../../lib/t.ts';

/** For iPhone, Mac and every other calendar app: files instead of a connection. */
export function AppleCard(): ReactElement {
  return (
    <Card
      title={t('calendar.files.title')}
      aside={<StatusTag status={{ tone: 'quiet', icon: 'download', word: t('calendar.files.byFile') }} />}
    >
      <p>{t.rich('calendar.files.text', { link: appointmentsLink })}</p>
    </Card>
  );
}

function appointmentsLink(words: ReactNode): ReactElement {
  return (
    <TextLink to="/appointments" underline="always">
      {words}
    </TextLink>
  );
}

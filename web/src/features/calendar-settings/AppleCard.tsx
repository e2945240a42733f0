import type { ReactElement } from 'react';
import { Card } from '../../components/Card.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { TextLink } from '../../components/TextLink.tsx';

/** For iPhone, Mac and every other calendar app: files instead of a connection. */
export function AppleCard(): ReactElement {
  return (
    <Card
      title="Apple Calendar and others"
      aside={<StatusTag status={{ tone: 'quiet', icon: 'download', word: 'By file' }} />}
    >
      <p>
        Open one of{' '}
        <TextLink to="/appointments" underline="always">
          your appointments
        </TextLink>{' '}
        and choose “Calendar file (.ics)”. The file opens in Apple Calendar and in every other calendar app. When the
        appointment changes, download it again: it replaces the old one.
      </p>
    </Card>
  );
}

import { Radio, Stack } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ConnectionJson } from '../../../../src/api-contract/calendar.ts';
import { t } from '../../lib/t.ts';

export type CalendarKind = ConnectionJson['calendar']['kind'];

/** Whether the events go among the person's own or into a calendar made for them. */
export function KindChoice(props: { kind: CalendarKind; onChange: (kind: CalendarKind) => void }): ReactElement {
  return (
    <Radio.Group
      label={t('calendar.kind.where')}
      value={props.kind}
      onChange={(value) => props.onChange(value === 'dedicated' ? 'dedicated' : 'primary')}
    >
      <Stack gap="xs" mt="xs">
        <Radio value="primary" label={t('calendar.kind.main')} />
        <Radio value="dedicated" label={t('calendar.kind.own')} description={t('calendar.kind.ownHint')} />
      </Stack>
    </Radio.Group>
  );
}

import { Radio, Stack } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ConnectionJson } from '../../../../src/api-contract/calendar.ts';

export type CalendarKind = ConnectionJson['calendar']['kind'];

/** Whether the events go among the person's own or into a calendar made for them. */
export function KindChoice(props: { kind: CalendarKind; onChange: (kind: CalendarKind) => void }): ReactElement {
  return (
    <Radio.Group
      label="Where should your appointments go?"
      value={props.kind}
      onChange={(value) => props.onChange(value === 'dedicated' ? 'dedicated' : 'primary')}
    >
      <Stack gap="xs" mt="xs">
        <Radio value="primary" label="Into my main calendar" />
        <Radio
          value="dedicated"
          label="Into a calendar of their own, called VALClean"
          description="You can show, hide and colour it by itself."
        />
      </Stack>
    </Radio.Group>
  );
}

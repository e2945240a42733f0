import { NumberInput, type NumberInputProps } from '@mantine/core';
import type { ReactElement } from 'react';
import { decimalSign } from '../lib/numbers.ts';

/**
 * A number as it was typed: neither bounds nor a point where none belongs change it behind its reader's back. What is wrong
 * with it is said by the form (`wholeFault`); the bounds here stop the steps of the arrow keys alone.
 */
export function NumberField(props: Omit<NumberInputProps, 'clampBehavior' | 'allowDecimal'>): ReactElement {
  return (
    <NumberInput
      clampBehavior="none"
      decimalSeparator={decimalSign()}
      allowedDecimalSeparators={['.', ',']}
      {...props}
    />
  );
}

import { Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef, ReactElement } from 'react';

type Props = ButtonProps & Omit<ComponentPropsWithRef<'a'>, keyof ButtonProps>;

function RoutedButton(props: Props): ReactElement {
  return <Button component="a" {...props} />;
}

/** A link within the app that looks like a button. */
export const ButtonLink = createLink(RoutedButton);

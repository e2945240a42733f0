import { Anchor, type AnchorProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef, ReactElement } from 'react';

type Props = AnchorProps & Omit<ComponentPropsWithRef<'a'>, keyof AnchorProps>;

function RoutedAnchor(props: Props): ReactElement {
  return <Anchor {...props} />;
}

/** A link within the app that looks like one. */
export const TextLink = createLink(RoutedAnchor);

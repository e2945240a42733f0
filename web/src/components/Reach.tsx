import type { ReactElement } from 'react';
import { addressLine, telLink } from './appointment-words.ts';
import { placeLink, type Place } from './maps.ts';
import { useMapService } from './use-map-service.ts';

/** An address that opens in the reader's maps. */
export function PlaceLink({ place }: { place: Place }): ReactElement {
  const [maps] = useMapService();
  return (
    <a href={placeLink(maps, place)} target="_blank" rel="noreferrer">
      {addressLine(place)}
    </a>
  );
}

/** A number that a phone calls; as plain text when it does not look like one. */
export function PhoneLink({ phone }: { phone: string }): ReactElement {
  const href = telLink(phone);
  return href === undefined ? <span>{phone}</span> : <a href={href}>{phone}</a>;
}

/** An address that a mail program writes to. */
export function MailLink({ email }: { email: string }): ReactElement {
  return <a href={`mailto:${email}`}>{email}</a>;
}

import type { Translated } from '../translated.ts';
import type { services as source } from '../en/services.ts';

export const services: Translated<typeof source> = {
  title: 'Leistungen',
  lead: 'Was Kunden buchen können. Die Preise bestehender Aufträge ändern sich nicht.',
  loading: 'Die Leistungen werden geladen …',
  notShown: 'Die Leistungen können nicht angezeigt werden',
  none: 'Noch keine Leistungen',
  noneNext: 'Legen Sie eine an, dann können Kunden sie buchen.',
  onOffer: 'Im Angebot',
  notOffered: 'Nicht im Angebot',
  add: 'Leistung hinzufügen',
  addNow: 'Hinzufügen',
  edit: '{name} bearbeiten',
  added: 'Leistung hinzugefügt',
  saved: 'Leistung gespeichert',
  name: 'Name',
  nameMissing: 'Geben Sie einen Namen ein.',
  takes: 'Dauer (Minuten)',
  takesMissing: 'Geben Sie an, wie lange es dauert.',
  price: 'Preis',
  priceMissing: 'Geben Sie den Preis an; 0, wenn es nichts kostet.',
  currency: 'Währung',
  currencyHint: 'Drei Buchstaben, zum Beispiel GBP oder EUR.',
  onOfferHint: 'Ausgeschaltet kann sie niemand mehr buchen. Bestehende Aufträge bleiben.',
};

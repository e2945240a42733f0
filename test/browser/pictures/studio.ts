import type { Page } from 'playwright-core';
import type { ProductPerson } from '../../support/product-company.ts';
import type { Product } from '../../support/product.ts';
import type { PHONE } from './camera.ts';
import type { Scene } from './scene.ts';

/** What pictures are taken of, and with. */
export interface Studio {
  product: Product;
  scene: Scene;
  /** A window of the web app in which this person is signed in. */
  enter(person: ProductPerson, viewport?: typeof PHONE): Promise<Page>;
  /** A calendar server of somebody's own. */
  caldav: { url: string; user: string; password: string };
}

import type { Browser } from 'playwright-core';
import { startCaldavSimulator } from '../../../simulator/caldav/server.ts';
import { openBrowser } from '../../support/browser.ts';
import { startMailServer } from '../../support/mail-server.ts';
import { startProduct, type Product } from '../../support/product.ts';
import { signIn } from '../steps.ts';
import { hangPictures, ITS_ADDRESS, loadCamera, openWindow } from './camera.ts';
import { pictureConnecting, pictureOffers } from './connecting.ts';
import { pictureOffice } from './office.ts';
import { makeScene } from './scene.ts';
import type { Studio } from './studio.ts';
import { pictureTroubles } from './troubles.ts';
import { pictureVisits } from './visits.ts';

/* Takes the pictures of the README and of the guides anew, from the real product: `npm run pictures`. */

const CALDAV = { user: 'nina@dav.example', password: 'nina-app-password', name: 'Nina Park' };

const found = await openBrowser();
if (found.browser === null) throw new Error(found.reason);
await using browser = found.browser;
// Without one, the app says on every page about mails that none are sent.
await using mailServer = await startMailServer();
await using product = await startProduct({
  SMTP_URL: mailServer.url,
  MAIL_FROM: 'VALClean <office@valclean.example>',
  PUBLIC_URL: ITS_ADDRESS,
  // Nobody connects Outlook here; the link for administrators is shown.
  OUTLOOK_AUTHORITY_URL: 'https://login.microsoftonline.com/common',
});
await takePictures(browser, product);

async function takePictures(browser: Browser, product: Product): Promise<void> {
  const caldav = await startCaldavSimulator({ accounts: [CALDAV] });
  try {
    loadCamera();
    const studio: Studio = {
      product,
      scene: await makeScene(product),
      caldav: { ...CALDAV, url: caldav.url },
      async enter(person, viewport) {
        const page = await openWindow(browser, product.webUrl, viewport);
        await signIn(page, person);
        return page;
      },
    };
    await pictureOffers(studio);
    await pictureConnecting(studio);
    await pictureVisits(studio);
    await pictureOffice(studio);
    await pictureTroubles(studio);
    hangPictures();
  } finally {
    await caldav.close();
  }
}

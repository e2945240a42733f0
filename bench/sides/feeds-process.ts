import { createFeed } from '../../src/use-cases/calendar/feeds.ts';
import { addAppointments, addPeople, addService, settleTables } from '../support/company.ts';
import { openProduct } from '../support/product.ts';
import { serveSide } from '../support/side.ts';

/* Fills the database that a product is started on afterwards: customers, their appointments and feeds. */

/** Secret parts of the addresses of one person's feeds. */
export type FeedPaths = string[];

const jobs = {
  /** @returns for each wished-for number of appointments the paths of that customer's feeds */
  async prepare(job: { folder: string; appointments: number[]; feeds: number }): Promise<FeedPaths[]> {
    // No provider is called.
    const company = await openProduct({ kind: 'embedded', dataDir: job.folder }, 'http://127.0.0.1:9');
    const serviceId = await addService(company);
    const paths: FeedPaths[] = [];
    for (const count of job.appointments) {
      const [id = 0] = await addPeople(company, 'customer', 1);
      await addAppointments(company, serviceId, [id], count);
      const own: FeedPaths = [];
      for (let made = 0; made < job.feeds; made += 1) {
        const { url } = await createFeed(company.context, { id, role: 'customer' }, 'VALClean');
        own.push(new URL(url).pathname);
      }
      paths.push(own);
    }
    await settleTables(company);
    await company.close();
    return paths;
  },
};

export type FeedsJobs = typeof jobs;

serveSide(jobs);

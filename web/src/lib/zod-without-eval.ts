import { config } from 'zod';

// zod would try to compile its checks with `new Function`, which the content security policy refuses and reports. It looks
// at this setting when a schema is made, so `vite.config.ts` puts this file into zod's own chunk, ahead of every schema.
config({ jitless: true });

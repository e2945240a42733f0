import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compression } from 'vite-plugin-compression2';
import { helpPages } from './web/help/plugin.ts';
import { themeVariables } from './web/theme-variables.ts';

// The web app is built to `web/dist` and served by the product itself. `vite` alone serves it for development and passes
// `/api` on to the API that runs on port 8000.
export default defineConfig({
  root: fileURLToPath(new URL('web', import.meta.url)),
  plugins: [
    react(),
    themeVariables(),
    helpPages(),
    // Compressed once here instead of for each visitor; smaller files fit into one packet as they are. Pages wait for the
    // name of the business, so the server compresses them.
    compression({ include: /\.(?:js|css|json|svg)$/, algorithms: ['gzip', 'brotliCompress'], threshold: 1400 }),
  ],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy allows no `data:` scripts or styles; small images stay files, too.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // How long parts of a build take is no news to whoever starts the product.
      checks: { bundlerTimings: false },
      output: {
        codeSplitting: {
          groups: [{ name: 'zod', test: /node_modules[\\/]zod[\\/]|zod-without-eval\.ts$/ }],
        },
      },
    },
  },
  server: { port: 3000, proxy: { '/api': 'http://127.0.0.1:8000', '/healthz': 'http://127.0.0.1:8000' } },
});

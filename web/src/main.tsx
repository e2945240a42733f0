import './app/styles.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { App } from './app/App.tsx';

// zod would try to compile its checks with `new Function`, which the content security policy refuses and reports.
config({ jitless: true });

const element = document.getElementById('root');
if (element === null) throw new Error('index.html has no #root');
createRoot(element).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

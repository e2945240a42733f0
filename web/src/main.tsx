import './lib/zod-without-eval.ts';
import './app/styles.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { startLanguage } from './lib/language-choice.ts';

const element = document.getElementById('root');
if (element === null) throw new Error('index.html has no #root');
void startLanguage().then(() =>
  createRoot(element).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);

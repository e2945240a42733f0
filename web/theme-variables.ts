import {
  convertCssVariables,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  mergeMantineTheme,
  type ConvertCSSVariablesInput,
} from '@mantine/core';
import type { Plugin } from 'vite';
import { theme } from './src/app/theme.ts';

const NAME = 'virtual:theme-variables.css';

/**
 * Writes the theme's CSS variables into the style sheet while building. Mantine would otherwise add them with a `<style>`
 * element in the browser, which the content security policy (`style-src 'self'`) refuses.
 */
export function themeVariables(): Plugin {
  return {
    name: 'theme-variables',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load: (id) => (id === `\0${NAME}` ? convertCssVariables(differences()) : undefined),
  };
}

/** Only what differs from Mantine's own style sheet. */
function differences(): ConvertCSSVariablesInput {
  const usual = defaultCssVariablesResolver(DEFAULT_THEME);
  const ours = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme));
  return {
    variables: without(ours.variables, usual.variables),
    light: without(ours.light, usual.light),
    dark: without(ours.dark, usual.dark),
  };
}

function without(ours: Record<string, string>, usual: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(ours).filter(([name, value]) => usual[name] !== value));
}

import { useState } from 'react';
import { readStored, store } from './stored.js';

export type Theme = 'system' | 'light' | 'dark';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

export const storedTheme = (): Theme =>
  THEMES.find((theme) => theme === readStored('theme')) ?? 'system';

/** The style sheet follows the attribute; without one it follows the system. */
export function applyTheme(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset['theme'];
  else dataset['theme'] = theme;
  dispatchEvent(new Event('themechange'));
}

export function useTheme(): { readonly theme: Theme; readonly nextTheme: () => void } {
  const [theme, setTheme] = useState(storedTheme);
  const nextTheme = () => {
    const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
    setTheme(next);
    store('theme', next);
    applyTheme(next);
  };
  return { theme, nextTheme };
}

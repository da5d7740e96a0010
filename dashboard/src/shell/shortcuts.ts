import { useEffect, useEffectEvent, useRef } from 'react';
import { go, hrefOf } from './place.js';
import { SCREENS } from './screens.js';

interface Shortcuts {
  readonly help: () => void;
  readonly theme: () => void;
}

/** What each key does, for the help dialog. */
export const KEYS: readonly { readonly keys: string; readonly does: string }[] = [
  { keys: '?', does: 'Show this help' },
  { keys: '/', does: 'Go to the filter' },
  { keys: 't', does: 'Change the colours' },
  { keys: 'j', does: 'Next row of a list' },
  { keys: 'k', does: 'Row before' },
  { keys: 'x', does: 'Select the row' },
  { keys: 'Enter', does: 'Open the row' },
  { keys: 'Esc', does: 'Close a dialog, or leave a field' },
  ...SCREENS.map(({ key, name }) => ({ keys: `g ${key}`, does: name })),
];

const SECOND_KEY_MS = 1_500;

/** Keys work wherever nothing is typed and no dialog is open. */
export function useShortcuts({ help, theme }: Shortcuts): void {
  const leaderAt = useRef(-Infinity);
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (isMeantForOthers(event)) return;
    const afterLeader = event.timeStamp - leaderAt.current < SECOND_KEY_MS;
    leaderAt.current = -Infinity;
    const target = SCREENS.find(({ key }) => key === event.key);
    if (afterLeader && target) go(hrefOf(target.screen));
    else if (event.key === 'g') leaderAt.current = event.timeStamp;
    else if (event.key === '?') help();
    else if (event.key === 't') theme();
    else if (event.key === '/') focusFilter();
    else if (event.key === 'j' || event.key === 'k') moveRow(event.key === 'j' ? 1 : -1);
    else if (event.key === 'x') selectRow();
    else return;
    event.preventDefault();
  });

  useEffect(() => {
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

function isMeantForOthers(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true;
  if (document.querySelector('dialog[open]')) return true;
  const { target } = event;
  return (
    target instanceof Element &&
    target.closest('input:not([type=checkbox]), textarea, select') !== null
  );
}

function focusFilter(): void {
  const filter = document.querySelector<HTMLElement>('[data-filter]');
  if (filter) filter.focus();
  else go(hrefOf('jobs'));
}

/** Rows are marked by the link in them that opens them. */
function moveRow(by: number): void {
  const links = [...document.querySelectorAll<HTMLElement>('[data-row-link]')];
  const row = document.activeElement?.closest('tr');
  const at = links.findIndex((link) => row !== null && row?.contains(link));
  const next = at === -1 ? 0 : Math.min(links.length - 1, Math.max(0, at + by));
  links[next]?.focus();
}

function selectRow(): void {
  const row = document.activeElement?.closest('tr');
  row?.querySelector<HTMLElement>('input[type=checkbox]')?.click();
}

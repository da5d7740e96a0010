import { type RefObject, useEffect } from 'react';

/** On a phone a row of links is wider than the screen: the current one is brought into view. */
export function useCurrentInView(row: RefObject<HTMLElement | null>, current: string): void {
  useEffect(() => {
    const link = row.current?.querySelector(`[aria-current='page'][data-key='${current}']`);
    link?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [row, current]);
}

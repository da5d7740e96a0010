import { type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useLive } from '../api/use-live.js';
import { HelpDialog } from './help-dialog.js';
import { usePlace } from './place.js';
import { SideBar } from './side-bar.js';
import { useShortcuts } from './shortcuts.js';
import { useTheme } from './theme.js';

/** The frame around every screen. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const connection = useLive();
  const { theme, nextTheme } = useTheme();
  const [helps, setHelps] = useState(false);
  useShortcuts({ help: () => setHelps(true), theme: nextTheme });
  useFocusOnArrival();
  return (
    <div className="shell">
      <a className="skip" href="#main" onClick={skip}>
        Skip to the page
      </a>
      <SideBar
        connection={connection}
        theme={theme}
        onTheme={nextTheme}
        onHelp={() => setHelps(true)}
      />
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      {helps && <HelpDialog onClose={() => setHelps(false)} />}
    </div>
  );
}

/** `<base>` would make the link lead to the overview. */
function skip(event: MouseEvent): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')?.focus();
}

/** After going to another screen a reader's focus is at its heading, not on a link that may be gone. */
function useFocusOnArrival(): void {
  const { screen, id } = usePlace();
  const place = `${screen}/${id ?? ''}`;
  const arrived = useRef(place);
  useEffect(() => {
    if (arrived.current === place) return;
    arrived.current = place;
    scrollTo(0, 0);
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }, [place]);
}

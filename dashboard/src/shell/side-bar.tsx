import { useRef } from 'react';
import type { Connection } from '../api/pulse-source.js';
import { usePulse, useVisitor } from '../api/queries.js';
import { compact } from '../format/numbers.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { toggleAbsoluteTimes, useAbsoluteTimes } from './clock.js';
import { Link } from './link.js';
import { hrefOf, usePlace } from './place.js';
import { SCREENS } from './screens.js';
import type { Theme } from './theme.js';
import { useCurrentInView } from './use-current-in-view.js';

interface SideBarProps {
  readonly connection: Connection;
  readonly theme: Theme;
  readonly onTheme: () => void;
  readonly onHelp: () => void;
}

export function SideBar({ connection, theme, onTheme, onHelp }: SideBarProps) {
  return (
    <header className="side">
      <Link href={hrefOf('')} className="brand">
        <Logo />
        Tasqueue
      </Link>
      <Screens />
      <div className="side-foot">
        <LiveSign connection={connection} />
        <Tools theme={theme} onTheme={onTheme} onHelp={onHelp} />
        <WhoLooks />
      </div>
    </header>
  );
}

function Screens() {
  const { screen: current } = usePlace();
  const failed = usePulse()?.totals.failed ?? 0;
  const row = useRef<HTMLElement>(null);
  useCurrentInView(row, current);
  return (
    <nav aria-label="Screens" className="nav" ref={row}>
      {SCREENS.map(({ screen, name, icon }) => (
        <Link
          key={screen}
          data-key={screen}
          href={hrefOf(screen)}
          aria-current={screen === current ? 'page' : undefined}
        >
          <Icon name={icon} />
          <span>{name}</span>
          {screen === 'failures' && failed > 0 && (
            <span className="nav-count" title={`${failed} failed jobs`}>
              {compact(failed)}
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}

const LIVE_WORDS: Readonly<Record<Connection, string>> = {
  live: 'Live',
  polling: 'Every 5 seconds',
  lost: 'Connection lost',
  paused: 'Paused',
};

function LiveSign({ connection }: { readonly connection: Connection }) {
  return (
    <p className={`live live-${connection}`} role="status">
      {LIVE_WORDS[connection]}
    </p>
  );
}

function Tools({ theme, onTheme, onHelp }: Omit<SideBarProps, 'connection'>) {
  const asDates = useAbsoluteTimes();
  const themeIcon = ({ system: 'system', light: 'sun', dark: 'moon' } as const)[theme];
  return (
    <div className="tools">
      <Button icon={themeIcon} label={`Colours: ${theme}`} onClick={onTheme} />
      <Button
        icon="clock"
        label={asDates ? 'Show how long ago' : 'Show dates'}
        aria-pressed={asDates}
        onClick={toggleAbsoluteTimes}
      />
      <Button icon="keyboard" label="Keyboard and help" onClick={onHelp} />
    </div>
  );
}

function WhoLooks() {
  const visitor = useVisitor().data;
  if (!visitor) return null;
  const readOnly = visitor.actions.length === 0;
  return (
    <p className="visitor">
      <Icon name="user" size={14} />
      <span>{visitor.user ?? 'Visitor'}</span>
      {readOnly && <span className="tag">read-only</span>}
      <span className="version">v{visitor.version}</span>
    </p>
  );
}

function Logo() {
  return (
    <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true" className="logo">
      <rect width="32" height="32" rx="8" />
      <path d="M7 10h10M7 16h5" opacity="0.7" />
      <path d="M11.5 21.5l4.5 4.5 9-12" />
    </svg>
  );
}

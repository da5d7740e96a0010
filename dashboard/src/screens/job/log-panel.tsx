import { useEffect, useRef } from 'react';
import type { JobDetail } from '#contract';
import { CopyButton } from '../../ui/copy-button.js';
import { Panel } from '../../ui/panel.js';

/** What the handler logged; new lines come while it runs. */
export function LogPanel({ job: { logs, state } }: { readonly job: JobDetail }) {
  const box = useRef<HTMLPreElement>(null);
  const follows = useRef(true);
  useEffect(() => {
    if (logs.length > 0 && follows.current && box.current)
      box.current.scrollTop = box.current.scrollHeight;
  }, [logs]);
  const running = state === 'processing';
  return (
    <Panel
      title={running ? 'Log, as it comes' : 'Log'}
      side={logs.length > 0 && <CopyButton text={logs.join('\n')}>Copy</CopyButton>}
    >
      {logs.length === 0 ? (
        <p className="panel-note">
          Nothing logged. A handler logs by <code>ctx.log(line)</code>.
        </p>
      ) : (
        <pre
          ref={box}
          className="code log"
          tabIndex={0}
          role="log"
          aria-label="Log"
          onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
            follows.current = scrollHeight - scrollTop - clientHeight < 24;
          }}
        >
          {logs.join('\n')}
        </pre>
      )}
    </Panel>
  );
}

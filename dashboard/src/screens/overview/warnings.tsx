import type { Warning } from '#contract';
import { Link } from '../../shell/link.js';
import { jobsHref } from '../../shell/place.js';
import { Icon } from '../../ui/icon.js';
import { quoted } from '../../filter/qualifiers.js';

/** What an operator should see first. */
export function Warnings({ warnings }: { readonly warnings: readonly Warning[] }) {
  if (warnings.length === 0) return null;
  return (
    <ul className="warnings" aria-label="Warnings">
      {warnings.map(({ kind, message, queue }) => (
        <li key={`${kind} ${queue ?? message}`} className={`warning warning-${kind}`}>
          <Icon name="failures" size={18} />
          <span>{message}</span>
          {queue !== undefined && (
            <Link href={jobsHref({ state: 'queued', q: `queue:${quoted(queue)}` })}>Show jobs</Link>
          )}
        </li>
      ))}
    </ul>
  );
}

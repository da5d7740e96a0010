import type { Instant } from '#contract';
import { absolute, dated, duration, relative } from '../format/times.js';
import { useAbsoluteTimes, useNow } from '../shell/clock.js';

/** An instant: how long ago or when, whichever the visitor chose; the whole date on hovering. */
export function Time({ at }: { readonly at: Instant }) {
  const now = useNow();
  const asDate = useAbsoluteTimes();
  const ms = Date.parse(at);
  return (
    <time dateTime={at} title={absolute(ms)} className="time">
      {asDate ? dated(ms) : relative(ms, now)}
    </time>
  );
}

/** How long something has gone on. */
export function Elapsed({ since }: { readonly since: Instant }) {
  return <span className="num">{duration(Math.max(0, useNow() - Date.parse(since)))}</span>;
}

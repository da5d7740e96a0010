import type { ShownValue } from '#contract';
import { share } from '../../format/numbers.js';
import { JsonText } from '../../ui/json-text.js';
import { Meter } from '../../ui/meter.js';
import { Panel } from '../../ui/panel.js';

/** What the handler last said of how far it is; a bar where it reads as a part of a whole. */
export function ProgressPanel({ progress }: { readonly progress: ShownValue }) {
  const part = partOf(progress.value);
  return (
    <Panel
      title="Progress"
      side={part !== undefined && <strong className="num">{share(part)}</strong>}
    >
      {part !== undefined && <Meter value={part} of={1} />}
      {typeof progress.value === 'object' && <JsonText value={progress.value} label="Progress" />}
      {typeof progress.value === 'string' && <p className="panel-note">{progress.value}</p>}
    </Panel>
  );
}

/** `0.4`, `40`, `{ done: 4, of: 10 }` and its like. */
function partOf(value: unknown): number | undefined {
  if (typeof value === 'number') return within(value <= 1 ? value : value / 100);
  if (typeof value !== 'object' || value === null) return undefined;
  const numbers = new Map(Object.entries(value).filter(([, one]) => typeof one === 'number'));
  const whole = numberOf(numbers, ['of', 'total']);
  const done = numberOf(numbers, ['done', 'current', 'processed']);
  return whole === undefined || done === undefined || whole === 0
    ? undefined
    : within(done / whole);
}

function numberOf(numbers: ReadonlyMap<string, unknown>, names: readonly string[]) {
  const found = names.map((name) => numbers.get(name)).find((one) => one !== undefined);
  return typeof found === 'number' ? found : undefined;
}

const within = (part: number): number | undefined => (part >= 0 && part <= 1 ? part : undefined);

import { useState } from 'react';
import type { Overview, Span } from '#contract';
import { useOverview } from '../../api/queries.js';
import { Loaded } from '../../ui/loaded.js';
import { Screen } from '../../ui/screen.js';
import { Choice } from '../../ui/choice.js';
import { OutcomesPanel } from './outcomes-panel.js';
import { StoresPanel } from './stores-panel.js';
import { Totals } from './totals.js';
import { WaitingPanel } from './waiting-panel.js';
import { Warnings } from './warnings.js';

const SPANS = [
  { value: '5m', name: '5 min' },
  { value: '1h', name: '1 hour' },
  { value: '24h', name: '24 hours' },
] as const satisfies readonly { value: Span; name: string }[];

export function OverviewScreen() {
  const [span, setSpan] = useState<Span>('5m');
  const query = useOverview(span);
  return (
    <Screen
      title="Overview"
      side={<Choice label="Look back" options={SPANS} value={span} onChange={setSpan} />}
    >
      <Loaded query={query}>{(overview) => <Panels overview={overview} span={span} />}</Loaded>
    </Screen>
  );
}

function Panels({ overview, span }: { readonly overview: Overview; readonly span: Span }) {
  return (
    <>
      <Warnings warnings={overview.warnings} />
      <Totals totals={overview.totals} />
      <OutcomesPanel overview={overview} span={span} />
      <div className="columns">
        <WaitingPanel queues={overview.queues} />
        <StoresPanel stores={overview.stores} workersAlive={overview.workersAlive} />
      </div>
    </>
  );
}

import type { WorkerQueue } from '#contract';
import { Meter } from '../../ui/meter.js';

export function WorkerQueues({ queues }: { readonly queues: readonly WorkerQueue[] }) {
  return (
    <div>
      <h3>Queues</h3>
      <ul className="worker-queues">
        {queues.map(({ name, concurrency, slotsInUse }) => (
          <li key={name}>
            <span>{name}</span>
            {concurrency !== undefined && (
              <>
                <Meter value={slotsInUse ?? 0} of={concurrency} />
                <span className="num soft">
                  {slotsInUse ?? 0} of {concurrency}
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

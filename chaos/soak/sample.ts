import type { Footprint } from './protocol.js';
import type { ServerFacts } from './server.js';
import type { Allowance, Series } from './verdict.js';

/** Everything at one moment. */
export interface Sample {
  readonly minute: number;
  readonly veterans: Readonly<Record<string, Footprint>>;
  readonly server: ServerFacts | undefined;
}

const MB = 1024 * 1024;
/** A leak of eight bytes a job is more than this after half an hour of 150 jobs/s. */
const HEAP: Allowance = { share: 0.05, least: 2 };
/** One process more or less at the moment of the sample is no trend; one more at the end of a line is. */
const HANDLES: Allowance = { share: 0, least: 1 };
/** As many as there are jobs at work and calls under way. */
const TIMERS: Allowance = { share: 0.1, least: 20 };
const CONNECTIONS: Allowance = { share: 0, least: 2 };
const KEYS: Allowance = { share: 0.05, least: 20 };
const BYTES: Allowance = { share: 0.05, least: 2 };
/** Records stay for ten minutes at least, and go in sweeps: until then what holds them cannot but grow. */
const FIRST_GONE_MINUTES = 12;

/** What of the samples is judged. */
export function seriesOf(samples: readonly Sample[]): readonly Series[] {
  const [first] = samples;
  if (first === undefined) return [];
  const settled = (samples.at(-1)?.minute ?? 0) / 2 >= FIRST_GONE_MINUTES;
  const series = (
    about: Pick<Series, 'name' | 'unit' | 'allowed'>,
    of: (sample: Sample) => number | undefined,
  ): Series => ({
    ...about,
    points: samples.map((sample) => ({ minute: sample.minute, value: of(sample) ?? 0 })),
  });
  const ofProcesses = Object.keys(first.veterans).flatMap((who) => [
    // In memory, the records are part of the heap.
    ...(first.server || settled
      ? [
          series({ name: `heap of the ${who}`, unit: 'MB', allowed: HEAP }, ({ veterans }) =>
            inMb(veterans[who]?.heapBytes),
          ),
        ]
      : []),
    series(
      { name: `handles of the ${who}`, unit: '', allowed: HANDLES },
      ({ veterans }) => veterans[who]?.handles,
    ),
    series(
      { name: `timers of the ${who}`, unit: '', allowed: TIMERS },
      ({ veterans }) => veterans[who]?.timers,
    ),
  ]);
  if (first.server === undefined) return ofProcesses;
  const ofServer = [
    series(
      { name: 'connections of the server', unit: '', allowed: CONNECTIONS },
      ({ server }) => server?.connections,
    ),
  ];
  const ofRecords = [
    series({ name: 'keys', unit: '', allowed: KEYS }, ({ server }) => server?.keys),
    series({ name: 'stored', unit: 'MB', allowed: BYTES }, ({ server }) => inMb(server?.bytes)),
  ];
  return [...ofProcesses, ...ofServer, ...(settled ? ofRecords : [])];
}

function inMb(bytes = 0): number {
  return bytes / MB;
}

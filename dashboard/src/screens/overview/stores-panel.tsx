import type { StoreHealth } from '#contract';
import { some } from '../../format/numbers.js';
import { Link } from '../../shell/link.js';
import { hrefOf } from '../../shell/place.js';
import { Icon } from '../../ui/icon.js';

interface StoresPanelProps {
  readonly stores: readonly StoreHealth[];
  readonly workersAlive: number;
}

/** Whether what everything stands on is well. */
export function StoresPanel({ stores, workersAlive }: StoresPanelProps) {
  return (
    <section className="panel" aria-labelledby="health-title">
      <header className="panel-head">
        <h2 id="health-title">Health</h2>
      </header>
      <ul className="health">
        <li className={workersAlive > 0 ? 'is-up' : 'is-down'}>
          <Icon name={workersAlive > 0 ? 'check' : 'alert'} />
          <span className="health-name">Workers</span>
          <Link href={hrefOf('workers')}>{some(workersAlive, 'process', 'processes')} alive</Link>
        </li>
        {stores.map((store) => (
          <Store key={store.store} store={store} />
        ))}
      </ul>
    </section>
  );
}

const WORDS = { broker: 'Broker', results: 'Results store' } as const;

function Store({ store: { store, name, up, pingMs, error } }: { readonly store: StoreHealth }) {
  return (
    <li className={up ? 'is-up' : 'is-down'}>
      <Icon name={up ? 'check' : 'alert'} />
      <span className="health-name">
        {WORDS[store]} <span className="soft">{name}</span>
      </span>
      <span className="num">
        {up
          ? pingMs === undefined
            ? 'up'
            : `${pingMs.toFixed(1)} ms`
          : (error ?? 'does not answer')}
      </span>
    </li>
  );
}

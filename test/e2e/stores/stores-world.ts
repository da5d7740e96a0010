import type { Broker, Results } from 'nestjs-tasqueue';

/** One fresh, empty pair of stores; each process makes its own clients of it. */
export interface StoresWorld {
  broker(): Broker;
  results(): Results;
}

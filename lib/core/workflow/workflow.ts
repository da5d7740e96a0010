import type { Broker } from '../ports/broker.js';
import type { Results } from '../ports/results.js';
import type { RecordNews } from '../record-news.js';
import { Advancer } from './advancer.js';
import { Aftermath } from './aftermath.js';
import { Dispatcher } from './dispatcher.js';
import { Reopener } from './reopener.js';

/** What follows from outcomes, whoever records them: a worker, or a client that cancels. */
export class Workflow {
  readonly dispatcher: Dispatcher;
  readonly advancer: Advancer;
  readonly aftermath: Aftermath;
  readonly reopener: Reopener;

  /** `now`: server time as well as it is known, epoch ms. */
  constructor(broker: Broker, results: Results, now: () => number, news: RecordNews) {
    this.dispatcher = new Dispatcher(broker, results, now, news);
    this.advancer = new Advancer(results, this.dispatcher, {
      together: broker.capabilities.atomicEnqueue,
      now,
    });
    this.aftermath = new Aftermath(results, this.dispatcher, this.advancer, now);
    this.reopener = new Reopener(results);
  }
}

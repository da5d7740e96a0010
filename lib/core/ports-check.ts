import type { BrokerInspector } from './ports/broker-inspector.js';
import type { Broker } from './ports/broker.js';
import type { Results } from './ports/results.js';
import type { Check } from './validation/check.js';
import { methods, type MethodsOf } from './validation/methods.js';
import { isFields } from './validation/shape.js';

const BROKER: MethodsOf<Broker> = {
  connect: true,
  close: true,
  ping: true,
  enqueue: true,
  remove: true,
  find: true,
  open: true,
  work: true,
  beat: true,
  reclaim: true,
  leave: true,
  pause: true,
  broadcast: true,
  listen: true,
};

const INSPECTOR: MethodsOf<BrokerInspector> = {
  queues: true,
  counts: true,
  page: true,
  schedules: true,
  sessions: true,
};

const RESULTS: MethodsOf<Results> = {
  connect: true,
  close: true,
  ping: true,
  get: true,
  put: true,
  plan: true,
  mark: true,
  dispatched: true,
  release: true,
  delete: true,
  watch: true,
  page: true,
  counts: true,
  post: true,
  notices: true,
};

const brokerMethods = methods('a broker', BROKER);
const inspectorMethods = methods("a broker's inspector", INSPECTOR);

/** Whatever has the methods of a broker is one: it may come from another copy of this package. */
export const broker: Check = (value, at) => [
  ...brokerMethods(value, at),
  ...(isFields(value) ? inspectorMethods(value['inspect'], `${at}.inspect`) : []),
];

export const results = methods('a results store', RESULTS);

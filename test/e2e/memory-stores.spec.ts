import { MemoryBroker, MemoryResults } from 'nestjs-tasqueue';
import { describeStores } from './stores/describe-stores.js';

describeStores('memory broker, memory results', () => {
  const [broker, results] = [new MemoryBroker(), new MemoryResults()];
  return { broker: () => broker, results: () => results };
});

import {
  openBroker,
  openResults,
  type StoresAddress,
} from '../../test/support/processes/stores-address.js';
import type { Stores } from './ground.js';

export async function openStores(address: StoresAddress): Promise<Stores> {
  return {
    broker: await openBroker(address.broker),
    results: await openResults(address.results),
  };
}

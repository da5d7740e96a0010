import assert from 'node:assert/strict';
import type { Broker, Notice } from '../../../core/ports/broker.js';
import type { BrokerCases } from './scene.js';

function heardBy(client: Broker): { readonly heard: Notice[]; readonly stop: () => void } {
  const heard: Notice[] = [];
  return { heard, stop: client.listen((notice) => void heard.push(notice)) };
}

export const notices: BrokerCases = {
  async 'tells every client, the one that speaks too'(scene) {
    const other = await scene.another();
    const [first, second] = [heardBy(scene.broker), heardBy(other)];
    const notice = { topic: 'cancel', body: '{"id":"ü","n":1}\n' };
    await scene.pass(50);
    await scene.broker.broadcast(notice);
    await scene.eventually(() => first.heard.length > 0 && second.heard.length > 0);
    assert.deepEqual([first.heard, second.heard], [[notice], [notice]]);
  },

  async 'tells nobody who has stopped listening'(scene) {
    const [leaving, staying] = [heardBy(scene.broker), heardBy(scene.broker)];
    await scene.pass(50);
    leaving.stop();
    leaving.stop();
    await scene.broker.broadcast({ topic: 'a', body: '' });
    await scene.eventually(() => staying.heard.length > 0);
    assert.deepEqual([leaving.heard, staying.heard], [[], [{ topic: 'a', body: '' }]]);
  },

  async 'tells the others although one of them throws'(scene) {
    const stop = scene.broker.listen(() => {
      throw new Error('a listener of a conformance case, which throws');
    });
    const calm = heardBy(scene.broker);
    await scene.pass(50);
    await scene.broker.broadcast({ topic: 'a', body: '1' });
    await scene.broker.broadcast({ topic: 'a', body: '2' });
    await scene.eventually(() => calm.heard.length === 2);
    stop();
    assert.deepEqual(
      calm.heard.map(({ body }) => body),
      ['1', '2'],
    );
  },
};

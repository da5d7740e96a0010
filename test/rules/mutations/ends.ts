import { ofRule, type RuleMutation } from './rule-mutation.js';

/** That everything ends, and once (rules 6 to 11). */
export const ENDS: readonly RuleMutation[] = [
  ...ofRule(6, 'rule-06-cancel-and-delete', [
    [
      'cancels without telling group or chain',
      'core/client/canceller.ts',
      'await this.parts.workflow.aftermath.follow([{ record, revision }]);',
      '',
    ],
    [
      'leaves a half-done cancel half done',
      'core/client/canceller.ts',
      "if (found.record.status === 'cancelled') await this.#finish(found.record, found.revision);",
      '',
    ],
    [
      'leaves a half-done cancel of a group half done',
      'core/client/canceller.ts',
      "if (status === 'successful' || status === 'failed') return false;",
      "if (status !== 'processing') return false;",
    ],
    [
      'runs what was deleted when it is delivered again',
      'core/worker/beginner.ts',
      'if (found !== undefined && found.record.generation >= generation)',
      'if (false)',
    ],
    [
      'gives a deleted id the generation that it had',
      'core/client/known-ids.ts',
      '{ known: false, generation: record.generation + 1 }',
      '{ known: false, generation: record.generation }',
    ],
    [
      'deletes the last trace of an outcome that nobody was told of',
      'core/client/deleter.ts',
      'await workflow.aftermath.follow([{ record, revision }]);',
      '',
    ],
    [
      'removes whatever has the id by now',
      'adapters/memory/memory-broker.ts',
      'if (entry === undefined || entry.generation > generation) return false;',
      'if (entry === undefined) return false;',
    ],
    [
      'stops a run that began after the cancel',
      'core/worker/held-claims.ts',
      '|| claim.delivery.generation > generation',
      '',
    ],
  ]),
  ...ofRule(7, 'rule-07-horizon', [
    [
      'forgets records as soon as age and count allow',
      'adapters/memory/results/sweeper.ts',
      'Math.max(REDELIVERY_HORIZON_MS, keptMs)',
      'keptMs',
    ],
    [
      'forgets members before their group or chain has ended',
      'adapters/memory/results/plan-keeper.ts',
      'if (planId === undefined || !isFinal(status)) return false;',
      'return false;',
    ],
    [
      'dates a cancelled record by the clock of whoever cancels',
      'core/client/canceller.ts',
      '(rules 7, 15).\n    const cancellation = { at: await broker.ping(),',
      '\n    const cancellation = { at: this.parts.environment.clock.now(),',
    ],
  ]),
  ...ofRule(8, 'rule-08-ends-are-levels', [
    [
      'settles before what follows is there',
      'core/worker/recorder.ts',
      'settled = await this.#consequences.follow(concluded);',
      'void this.#consequences.follow(concluded);',
    ],
    [
      'acknowledges a recorded outcome without a look at what follows',
      'core/worker/executor.ts',
      "else if (begun.kind === 'done') conclusion.redo(claim, begun.found);",
      "else if (begun.kind === 'done') settle(claim, { kind: 'ack', receipt });",
    ],
    [
      'leaves a chain alone whose first step ended before it was stored',
      'core/worker/control.ts',
      'progress.open < progress.members',
      'false',
    ],
    [
      'gives callbacks new ids each time',
      'core/workflow/plan-move.ts',
      'id: followUpId(owner, end, index, template.id),',
      'id: `${followUpId(owner, end, index, template.id)}:${Math.random()}`,',
    ],
  ]),
  ...ofRule(9, 'rule-09-core-decides', [
    [
      'runs jobs that have killed too many workers',
      'core/worker/refusal.ts',
      'if (crashes >= circumstances.maxCrashes)',
      'if (false)',
    ],
    [
      'runs jobs that have expired',
      'core/worker/refusal.ts',
      'if (expiresAt !== undefined && expiresAt < circumstances.now())',
      'if (false)',
    ],
    [
      'does not tell the group of a member that cannot be read',
      'core/worker/executor.ts',
      'const planId = await planAwaiting(results, id);',
      'const planId = undefined;',
    ],
    [
      'drops jobs of unknown tasks',
      'core/worker/executor.ts',
      'else void this.#refuseUnknown(run);',
      "else this.parts.settle(run.claim, { kind: 'ack', receipt: run.delivery.receipt });",
    ],
    [
      'clears a queue without telling groups and chains',
      'core/admin/bulk.ts',
      'if (await acted(deleter.delete(id))) count++;',
      'if (await acted(broker.remove([{ id, generation: 1 }]))) count++;',
    ],
  ]),
  ...ofRule(10, 'rule-10-one-message', [
    [
      'leaves it to the client to send the members',
      'core/worker/control.ts',
      'body.sent ? [] : await workflow.dispatcher.send(firstMessages(birth));',
      '[];',
    ],
    [
      'leaves no record of members that were cancelled unsent',
      'core/client/canceller.ts',
      'const generation = await unsent.cancel(plan, id, cancellation);',
      'const generation = 1;',
    ],
  ]),
  ...ofRule(11, 'rule-11-workflows-end', [
    [
      'waits for a member whose id is that of a waiting job',
      'core/workflow/dispatcher.ts',
      '...(await this.#foreign(known))',
      '',
    ],
    [
      'waits for a member whose id is that of a recorded job',
      'core/worker/beginner.ts',
      "return { kind: 'foreign' };",
      "return { kind: 'gone' };",
    ],
    [
      'waits for a member whose id was deleted',
      'core/worker/beginner.ts',
      "return { kind: 'deleted' };",
      "return { kind: 'gone' };",
    ],
    [
      'waits for a step whose id is that of a group',
      'core/worker/control.ts',
      'if (progress === undefined) await this.#disown(birth);',
      'if (progress === undefined) void 0;',
    ],
    [
      'sends what is too large for the broker',
      'core/workflow/dispatcher.ts',
      'return messages.filter(({ body }) => body.length > maxBodyBytes);',
      'return [];',
    ],
    [
      'hands large results on in the message',
      'core/workflow/prev-results.ts',
      'return value.length > LARGEST_INLINE_BYTES',
      'return value.length > Infinity',
    ],
  ]),
];

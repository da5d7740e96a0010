import { ofRule, type RuleMutation } from './rule-mutation.js';

/** Who may record what, and when (rules 1 to 5). */
export const OUTCOMES: readonly RuleMutation[] = [
  ...ofRule(1, 'rule-01-fences', [
    [
      'takes an outcome whatever has happened since its run began',
      'adapters/memory/results/job-writes.ts',
      'return expect === entry.revision;',
      'return true;',
    ],
    [
      'begins a run without leaving a fence',
      'core/worker/beginner.ts',
      'if (!redelivered) return RUN;',
      'return RUN;',
    ],
    [
      'has a receipt name the message, not the claim',
      'adapters/memory/broker/claim-desk.ts',
      'const receipt = this.#receipts.next();',
      'const receipt = entry.id;',
    ],
    [
      'lets the handler go on when its lease is lost',
      'core/worker/held-claims.ts',
      'if (claim.run && !claim.run.ended) claim.run.abandon(reason(claim.delivery.id));',
      '',
    ],
  ]),
  ...ofRule(2, 'rule-02-settle-by-record', [
    [
      'settles as the handler ended, not as the record stands',
      'core/worker/judgement.ts',
      'if (isFinal(status))',
      'if (false)',
    ],
    [
      'leaves undone what follows from an outcome found on record',
      'core/worker/judgement.ts',
      'followed: { record: current.record, revision: current.revision },',
      '',
    ],
    [
      'runs a retry before its delay is over',
      'core/worker/beginner.ts',
      "if (delayMs > 0) return { kind: 'early', delayMs };",
      '',
    ],
    [
      'takes its own earlier record for that of another run',
      'core/worker/lost-confirmation.ts',
      'return isOwn;',
      'return false;',
    ],
  ]),
  ...ofRule(3, 'rule-03-check-unless-fresh', [
    [
      'never looks a job up',
      'core/worker/executor.ts',
      'if (delivery.fresh && !claim.suspect)',
      'if (run.starts)',
    ],
    [
      'does not look up what was delivered before',
      'adapters/memory/broker/entry.ts',
      "fresh: this.past === 'fresh',",
      "fresh: this.past !== 'unknown',",
    ],
    [
      'does not look up own ids',
      'core/client/job-sender.ts',
      'fresh: template.id === undefined,',
      'fresh: true,',
    ],
    [
      'does not look up steps, callbacks and slots',
      'core/workflow/job-messages.ts',
      'fresh: birth.fresh ?? false,',
      'fresh: birth.fresh ?? true,',
    ],
    [
      'runs a job again whose outcome is on record',
      'core/worker/beginner.ts',
      'if (!reopens && isFinal(record.status))',
      'if (false)',
    ],
  ]),
  ...ofRule(4, 'rule-04-broker-first', [
    [
      'asks the results before it enqueues',
      'core/client/job-sender.ts',
      'return this.parts.enqueuer.enqueue([message])',
      'return this.parts.knownIds.lookUp([message.id]).then(() => this.parts.enqueuer.enqueue([message]))',
    ],
    [
      'looks at the results once',
      'core/client/finder.ts',
      'if (gone.length > 0)',
      'if (gone.length > ids.length)',
    ],
    [
      'does not name the ids that were not confirmed',
      'core/client/enqueuer.ts',
      '{ cause, ids: messages.map(({ id }) => id) },',
      '{ cause },',
    ],
    [
      'takes an id for known whose job is gone',
      'adapters/memory/broker/messages.ts',
      'this.#byId.delete(entry.id);',
      '',
    ],
  ]),
  ...ofRule(5, 'rule-05-retry', [
    [
      'retries under the same generation',
      'core/client/retrier.ts',
      'return { id, generation: generation + 1,',
      'return { id, generation,',
    ],
    [
      'reopens the record before the broker has the message',
      'core/client/retrier.ts',
      'await broker.enqueue([message]);',
      'await results.put([{ record: reopened(record, generation, retried), expect: revision }]);\n    await broker.enqueue([message]);',
    ],
    [
      'does not let a higher generation reopen a record',
      'core/worker/beginner.ts',
      'const reopens = record.generation < generation;',
      'const reopens = false;',
    ],
    [
      'leaves it to the retrier to open the group again',
      'core/worker/executor.ts',
      "if (begun.kind === 'run' && planId !== undefined && delivery.generation > 1)",
      'if (false)',
    ],
    [
      'replaces a message whose follow-ups nobody has sent',
      'core/client/retrier.ts',
      'if (!record.dispatched) {',
      'if (false) {',
    ],
    [
      'keeps the message of the generation before',
      'adapters/memory/broker/messages.ts',
      'if (message.generation > old.generation) return true;',
      '',
    ],
  ]),
];

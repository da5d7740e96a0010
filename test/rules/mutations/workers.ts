import { ofRule, type RuleMutation } from './rule-mutation.js';

/** What workers owe each other (rules 12 to 15). */
export const WORKERS: readonly RuleMutation[] = [
  ...ofRule(12, 'rule-12-long-runs', [
    [
      'leaves long runs without a record',
      'core/worker/run-watch.ts',
      'const UNRECORDED_MS = LONGEST_UNRECORDED_MS - 2 * LOOK_MS;',
      'const UNRECORDED_MS = Infinity;',
    ],
  ]),
  ...ofRule(13, 'rule-13-attempts', [
    [
      'counts a crash for whatever a dead session held',
      'adapters/memory/broker/claim-desk.ts',
      'if (entry.state === STARTED) {',
      'if (entry.crashes >= 0) {',
    ],
    [
      'does not say which claims read ahead have started',
      'core/worker/fetcher.ts',
      'started: this.#takeStarted(),',
      'started: [],',
    ],
    [
      'gives a job that kills its workers out at once',
      'core/lease.ts',
      'if (crashes <= 1) return 0;',
      'return 0;',
    ],
    [
      'takes a shutdown for a failure',
      'core/worker/verdict.ts',
      "if (interrupt instanceof ShutdownError) return { kind: 'released' };",
      '',
    ],
    [
      'does not count a start whose worker died',
      'core/worker/beginner.ts',
      'run.attempt = record.attempt + (run.starts ? 1 : 0);',
      'run.attempt = record.attempt;',
    ],
    [
      'does not count a start that left no trace',
      'core/worker/beginner.ts',
      'if (run.starts) run.attempt = 2;',
      '',
    ],
  ]),
  ...ofRule(14, 'rule-14-sessions', [
    [
      'goes by what it has read before it lost its lease',
      'core/worker/beginner.ts',
      'return unrecorded && !suspect && this.session.live;',
      'return unrecorded && !suspect;',
    ],
    [
      'sweeps before it has been there for a lease',
      'adapters/memory/broker/session.ts',
      'return this.clock.elapsed() - this.#aliveSince >= this.info.leaseMs;',
      'return true;',
    ],
    [
      'trusts its lease however long it was silent',
      'core/worker/session.ts',
      'this.environment.clock.elapsed() - this.#confirmedAt < this.leaseMs',
      'this.#confirmedAt >= 0',
    ],
    [
      'begins jobs beyond its lease',
      'core/worker/beginner.ts',
      'if (!this.session.live) await this.session.recover();',
      '',
    ],
    [
      'writes notes beyond its lease',
      'core/worker/run-notes.ts',
      'if (!this.session.live) await this.session.recover();',
      '',
    ],
    [
      'gives up what runs when its connection breaks',
      'core/worker/worker.ts',
      'held: () => this.claims.receipts(),',
      'held: () => [],',
    ],
    [
      'starts what an answer brings while it reclaims',
      'core/worker/fetcher.ts',
      'if (!this.parts.session.live) return void this.parts.session.recover();',
      '',
    ],
  ]),
  ...ofRule(15, 'rule-15-server-time', [
    [
      'goes by the clock of its process',
      'core/worker/session.ts',
      'return Math.floor(this.environment.clock.elapsed() + this.#serverAheadMs);',
      'return this.environment.clock.now();',
    ],
    [
      'has the first slot by the clock of the client',
      'core/client/schedule-sender.ts',
      'const now = await this.parts.broker.ping();',
      'const now = this.parts.environment.clock.now();',
    ],
    [
      'takes the instant of a delivery for the slot',
      'core/worker/control.ts',
      'const slotAt = this.parts.cron.latest(spec, now) ?? dueAt;',
      'const slotAt = dueAt;',
    ],
  ]),
];

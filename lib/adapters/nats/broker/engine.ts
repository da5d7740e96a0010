import type { Subscription } from 'nats';
import type { BeatReply, Notice } from '../../../core/ports/broker.js';
import { ensureStream, streamConfig } from '../connection/ensure-stream.js';
import { candidateOf } from './candidate.js';
import { Claimer } from './claimer.js';
import { Consumers } from './consumers.js';
import { Desk } from './desk.js';
import { Enqueuer } from './enqueuer.js';
import { Epoch } from './epoch.js';
import { Finder } from './finder.js';
import type { Ground } from './ground.js';
import { HandBack } from './hand-back.js';
import { Holders } from './holders.js';
import { IdleSessions } from './idle-sessions.js';
import { Ledgers } from './ledgers.js';
import { ACK_WAIT_MS } from './level.js';
import { Marks } from './marks.js';
import { Mover } from './mover.js';
import { NatsInspector } from './nats-inspector.js';
import { Pages } from './pages.js';
import { Pulls } from './pulls.js';
import { QueueCounter } from './queue-counter.js';
import { Queues } from './queues.js';
import { Reader } from './reader.js';
import { Records } from './records.js';
import { Removal } from './removal.js';
import { Remover } from './remover.js';
import { Rescheduler } from './rescheduler.js';
import { Sessions } from './sessions.js';
import { Settler } from './settler.js';
import { Sweeper } from './sweeper.js';
import { Tickets } from './tickets.js';
import { Watchdog } from './watchdog.js';

const PROGRESS_MS = ACK_WAIT_MS / 3;
/** Clocks drift apart, also where nobody beats. */
const TIME_ASKED_MS = 5_000;
/** At the start, to know it well. */
const TIMES_ASKED = 3;

/** All parts of a connected broker, put together. */
export class Engine {
  readonly queues: Queues;
  readonly ledgers: Ledgers;
  readonly sessions: Sessions;
  readonly desk: Desk;
  readonly enqueuer: Enqueuer;
  readonly remover: Remover;
  readonly finder: Finder;
  readonly sweeper: Sweeper;
  readonly inspector: NatsInspector;
  readonly #idle: IdleSessions;
  readonly #epoch: Epoch;
  readonly #mover: Mover;
  readonly #watchdog: Watchdog;
  readonly #pulls: Pulls;
  readonly #claimer: Claimer;
  readonly #consumers: Consumers;
  #progress: NodeJS.Timeout | undefined;
  #timeKeeping: NodeJS.Timeout | undefined;
  #notices: Subscription | undefined;
  #stopHearing: () => void = () => undefined;

  constructor(
    readonly ground: Ground,
    private readonly hear: (notice: Notice) => void,
  ) {
    const queues = (this.queues = new Queues(ground));
    const records = new Records(ground);
    const marks = new Marks(ground);
    const ledgers = (this.ledgers = new Ledgers(ground));
    const tickets = new Tickets(ground, queues, records);
    const consumers = (this.#consumers = new Consumers(ground, queues));
    const removal = new Removal(ground, queues, records, tickets);
    this.remover = new Remover(removal, ledgers);
    const rescheduler = new Rescheduler({ ground, queues, records, tickets, consumers });
    const handBack = new HandBack(marks, consumers);
    const epoch = (this.#epoch = new Epoch(ground, queues));
    const pulls = (this.#pulls = new Pulls(ground.link.connection, {
      onLate: (level, message) => handBack.all([candidateOf(level, message)]),
      onMissing: (level) => void this.#watchdog.missed(level),
    }));
    const claimer = (this.#claimer = new Claimer(queues, pulls, handBack, ground.link.isClustered));
    const holders = new Holders(ledgers);
    const reader = new Reader({ records, marks, tickets, holders, consumers, epoch });
    const settler = new Settler({ records, marks, consumers, rescheduler });
    const idle = (this.#idle = new IdleSessions(ground));
    this.#watchdog = new Watchdog(ground, queues);
    this.#mover = new Mover({ ground, queues, records, tickets });
    this.sessions = new Sessions(ground, ledgers, consumers);
    this.desk = new Desk({ ground, settler, claimer, reader, idle, epoch });
    this.enqueuer = new Enqueuer({ ground, queues, records, tickets, removal, ledgers });
    this.sweeper = new Sweeper(ledgers, consumers, rescheduler);
    const finder = (this.finder = new Finder(ground, records, removal, ledgers));
    const counter = new QueueCounter(ground, queues, records, ledgers);
    const pages = new Pages(ground, queues, records, ledgers);
    this.inspector = new NatsInspector({ queues, records, ledgers, counter, pages, finder });
  }

  /** Creates or checks what is stored, and begins to work. */
  async start(): Promise<void> {
    const { layout, link } = this.ground;
    await this.#ensureStreams();
    for (let times = 0; times < TIMES_ASKED; times += 1) await this.askTime();
    this.#notices = link.connection.subscribe(layout.notice('user'), {
      callback: (error, msg) => {
        if (error === null) this.hear(msg.json<Notice>());
      },
    });
    await this.#epoch.learn(() => this.queues.start());
    this.#idle.start();
    await this.#mover.start();
    this.#stopHearing = link.onReconnect(() => {
      this.#pulls.reset();
      void this.#reconnected().catch(() => undefined);
    });
    this.#progress = setInterval(() => this.#inProgress(), PROGRESS_MS).unref();
    // While there is no answer the clock goes on as it did.
    const keepTime = (): unknown => this.askTime().catch(() => undefined);
    this.#timeKeeping = setInterval(() => void keepTime(), TIME_ASKED_MS).unref();
  }

  /** A round trip; gives the server's time. */
  async askTime(): Promise<number> {
    const { jetStream, layout, clock } = this.ground;
    const sentAt = performance.now();
    const { ts } = await jetStream.request<{ readonly ts: string }>(
      `STREAM.INFO.${layout.control}`,
    );
    clock.learn(preciseTime(ts), sentAt, performance.now());
    return clock.now();
  }

  async beat(name: string): Promise<BeatReply> {
    const session = this.sessions.get(name);
    await session.commit();
    const { ledgers } = this;
    const all = await ledgers.all();
    if (session.maySweep) await this.sweeper.sweep(name, all);
    // It takes its time, and a beat must not.
    void this.#watchdog.look(session.info.queues);
    const workers = all.filter(
      (ledger) => ledger.state === 'live' && !ledgers.lapsed(ledger),
    ).length;
    return { now: await this.askTime(), gone: session.takeGone(), workers };
  }

  /** Waiting calls answer with what they have. */
  endWaits(): void {
    this.#claimer.close();
  }

  /** To be called once all calls have ended. */
  async stop(): Promise<void> {
    this.#stopHearing();
    this.#notices?.unsubscribe();
    clearInterval(this.#progress);
    clearInterval(this.#timeKeeping);
    await this.#pulls.close();
    this.#idle.stop();
    this.queues.stop();
    await this.#mover.stop();
  }

  /** What was kept in memory is gone if the server was started anew: then it is created again. */
  async #reconnected(): Promise<void> {
    await this.#epoch.learn(async () => {
      await this.#ensureStreams();
      await this.queues.refreshAll();
    });
    this.#mover.reread();
  }

  async #ensureStreams(): Promise<void> {
    const { jetStream, layout, settings } = this.ground;
    const { root } = layout;
    const streams = [
      { name: layout.records, subjects: [`${root}.m.*`, `${root}.x.*`] },
      { name: layout.later, subjects: [`${root}.d.>`] },
      { name: layout.control, subjects: [`${root}.c.>`] },
    ];
    await Promise.all(
      streams.map((stream) =>
        ensureStream(jetStream, streamConfig(settings, { ...stream, max_msgs_per_subject: 1 })),
      ),
    );
  }

  #inProgress(): void {
    for (const session of this.sessions.all())
      if (!session.ended) this.#consumers.inProgress(session.claims());
  }
}

/** RFC 3339 with nanoseconds: epoch ms with a fraction. */
function preciseTime(text: string): number {
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? '';
  return Math.floor(Date.parse(text) / 1_000) * 1_000 + Number(`0.${fraction || 0}`) * 1_000;
}

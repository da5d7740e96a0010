import { JetStream } from '../connection/jetstream.js';
import type { NatsLink } from '../connection/nats-link.js';
import { CurrentCatalogue } from './catalogue/current-catalogue.js';
import { LogReader } from './catalogue/log-reader.js';
import { PageReader } from './catalogue/page-reader.js';
import { LargePayloads } from './records/large-payloads.js';
import { DirectReads, LeaderReads } from './messages/message-reads.js';
import { MessageStore } from './messages/message-store.js';
import { NoticeBoard } from './notice-board.js';
import { PlanBook } from './plans/plan-book.js';
import { PlanDesk } from './plans/plan-desk.js';
import { PlanReader } from './plans/plan-reader.js';
import { PlanWriter } from './plans/plan-writer.js';
import { RecordBook } from './records/record-book.js';
import { Keeper } from './retention/keeper.js';
import { Sweeper } from './retention/sweeper.js';
import type { Subjects } from './messages/subjects.js';

export interface SessionSettings {
  readonly stream: string;
  readonly subjects: Subjects;
  /** Of notices. */
  readonly noticesStream: string;
  /** Unlike that of any other process. */
  readonly name: string;
  readonly now: () => number;
}

/** What works on one connection, put together. */
export class ResultsSession {
  readonly book: RecordBook;
  readonly plans: PlanBook;
  readonly planReader: PlanReader;
  readonly catalogue: CurrentCatalogue;
  readonly pages: PageReader;
  readonly keeper: Keeper;
  readonly sweeper: Sweeper;
  readonly board: NoticeBoard;

  constructor(link: NatsLink, { stream, subjects, noticesStream, name, now }: SessionSettings) {
    const { connection, jetStream, exchange } = link;
    const { isClustered } = link;
    // How many copies the stream has is the operator's to change.
    const reads = isClustered
      ? new LeaderReads(jetStream, stream)
      : new DirectReads(exchange, stream);
    const store = new MessageStore(exchange, reads, name);
    const maxPayload = (): number => connection.info?.max_payload ?? 2 ** 20;
    const large = new LargePayloads(store, subjects, { maxPayload, now });
    this.book = new RecordBook(store, subjects, large, now);
    this.planReader = new PlanReader(store, this.book, subjects);
    const writer = new PlanWriter(store, subjects, now);
    const desk = new PlanDesk(this.planReader, writer, now);
    this.plans = new PlanBook({ book: this.book, desk, reader: this.planReader, writer, now });
    const reader = new LogReader(connection, jetStream, link.clock, stream);
    this.catalogue = new CurrentCatalogue(reader, store, now);
    this.pages = new PageReader(this.catalogue, this.book);
    this.keeper = new Keeper(store, subjects, name);
    this.sweeper = new Sweeper(this.catalogue, this.keeper, store, {
      jetStream,
      stream,
      subjects,
      now,
    });
    const reading = new JetStream(exchange, isClustered ? 'leader' : 'any');
    this.board = new NoticeBoard(reading, noticesStream, now);
  }
}

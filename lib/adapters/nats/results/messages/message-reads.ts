import { Buffer } from 'node:buffer';
import type { Exchange } from '../../connection/exchange.js';
import { CODES, hasCode } from '../../connection/failures.js';
import type { JetStream } from '../../connection/jetstream.js';
import { directAnswer, labelledMessage, type StoredMessage } from './stored-message.js';

/** Which message: the last of a subject, or that of a sequence. */
export type Wanted = { readonly last_by_subj: string } | { readonly seq: number };

export interface MessageReads {
  read(wanted: Wanted): Promise<StoredMessage | undefined>;
}

const NOTHING = new Uint8Array();

/** Answered by whichever server has the stream: right where that is one. */
export class DirectReads implements MessageReads {
  constructor(
    private readonly exchange: Exchange,
    private readonly stream: string,
  ) {}

  async read(wanted: Wanted): Promise<StoredMessage | undefined> {
    const api = `$JS.API.DIRECT.GET.${this.stream}`;
    const request =
      'seq' in wanted
        ? { subject: api, payload: Buffer.from(`{"seq":${wanted.seq}}`) }
        : { subject: `${api}.${wanted.last_by_subj}`, payload: NOTHING };
    return directAnswer(await this.exchange.send({ ...request, repeatable: true }));
  }
}

/** Answered by the stream's leader: of several replicas, the others may lag behind what was confirmed. */
export class LeaderReads implements MessageReads {
  constructor(
    private readonly jetStream: JetStream,
    private readonly stream: string,
  ) {}

  async read(wanted: Wanted): Promise<StoredMessage | undefined> {
    try {
      const name = `STREAM.MSG.GET.${this.stream}`;
      const { message } = await this.jetStream.request<LeaderReply>(name, wanted);
      const { subject, seq, hdrs = '', data = '' } = message;
      const headers = Buffer.from(hdrs, 'base64').toString();
      return labelledMessage({ subject, seq, payload: Buffer.from(data, 'base64') }, headers);
    } catch (error) {
      if (hasCode(error, CODES.messageNotFound)) return undefined;
      throw error;
    }
  }
}

interface LeaderReply {
  readonly message: {
    readonly subject: string;
    readonly seq: number;
    /** In base64, as is `data`. */
    readonly hdrs?: string;
    readonly data?: string;
  };
}

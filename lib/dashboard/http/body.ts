import type { Readable } from 'node:stream';
import { BadRequestException, PayloadTooLargeException } from '@nestjs/common';
import type { ServerRequest } from './server-request.js';

/** Where the application parses no bodies, we do: up to this size. */
const LARGEST_BODY_BYTES = 1024 * 1024;

/** The JSON that a request carries; undefined without any. */
export async function bodyOf(request: ServerRequest): Promise<unknown> {
  const { body } = request;
  if (typeof body === 'string' || Buffer.isBuffer(body)) return parsed(body.toString());
  if (body !== undefined) return body;
  const stream = streamOf(request);
  return stream?.readable ? parsed(await textOf(stream)) : undefined;
}

/** Node's own request: of Express it is the very request, of Fastify it is in it. */
function streamOf(request: ServerRequest): Readable | undefined {
  const stream: unknown = request.raw ?? request;
  return isReadable(stream) ? stream : undefined;
}

function isReadable(value: unknown): value is Readable {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

async function textOf(stream: Readable): Promise<string> {
  const sent: AsyncIterable<unknown> = stream;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of sent) {
    if (!(chunk instanceof Uint8Array)) continue;
    bytes += chunk.byteLength;
    if (bytes > LARGEST_BODY_BYTES)
      throw new PayloadTooLargeException(`the body has more than ${LARGEST_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRequestException('the body is no JSON');
  }
}

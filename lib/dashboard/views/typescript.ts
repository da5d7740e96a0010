import type { JobMessage } from '../../core/job-message.js';

/** The call that would enqueue the same job again. `job` has been redacted. */
export function typescriptOf(job: JobMessage): string {
  const { task, payload, queue, priority, maxRetries, timeout, headers } = job;
  const options = {
    queue,
    priority: priority === 0 ? undefined : priority,
    maxRetries: maxRetries === 0 ? undefined : maxRetries,
    timeout,
    headers: Object.keys(headers).length === 0 ? undefined : headers,
  };
  const words = [task, payload, options].map((value) => literal(value));
  return `await client.enqueue(${words.join(', ')});`;
}

/** JSON is TypeScript, but for keys that need no quotes. */
function literal(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2) ?? 'undefined';
  return text.replaceAll(/^(\s*)"([A-Za-z_$][\w$]*)":/gm, '$1$2:');
}

/** What a filter can ask for; those that end in a dot take a path before the colon. */
export const QUALIFIERS: readonly { readonly text: string; readonly hint: string }[] = [
  { text: 'task:', hint: 'name of the task' },
  { text: 'queue:', hint: 'name of the queue' },
  { text: 'id:', hint: 'id of the job' },
  { text: 'error:', hint: 'words of the last error' },
  { text: 'group:', hint: 'id of its group' },
  { text: 'chain:', hint: 'id of its chain' },
  { text: 'schedule:', hint: 'id of its schedule' },
  { text: 'payload.', hint: 'a value in the payload: payload.user.id:42' },
  { text: 'header.', hint: 'a header: header.tenant:acme' },
  { text: 'fingerprint:', hint: 'errors alike, from the page of failures' },
];

/** A value as it stands in a filter: in quotes where it would fall apart otherwise. */
export function quoted(value: string): string {
  if (/^[^\s":*]+$/.test(value)) return value;
  return `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

const TRACE_ID = /^[\da-f]{2}-([\da-f]{32})-/;

/** The template with the values of these headers in it; undefined where one is missing. */
export function traceLinkOf(
  template: string | undefined,
  headers: Readonly<Record<string, string>>,
): string | undefined {
  let complete = template !== undefined;
  const link = template?.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = valueOf(name, headers);
    if (value === undefined) complete = false;
    return encodeURIComponent(value ?? '');
  });
  return complete ? link : undefined;
}

function valueOf(name: string, headers: Readonly<Record<string, string>>): string | undefined {
  return name === 'traceId' ? TRACE_ID.exec(headers['traceparent'] ?? '')?.[1] : headers[name];
}

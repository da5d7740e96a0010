/** Where core reports what an operator should know. `fields` never hold payloads or credentials. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export type LogFields = Readonly<Record<string, unknown>>;

/** The same log, but one that fails is no reason for a job to. */
export function unfailing(log: Log): Log {
  const guarded =
    (level: keyof Log): Log['info'] =>
    (message, fields) => {
      try {
        log[level](message, fields);
      } catch {
        // There is nowhere left to say so.
      }
    };
  return { info: guarded('info'), warn: guarded('warn'), error: guarded('error') };
}

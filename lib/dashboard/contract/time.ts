/** An ISO 8601 instant in UTC, as JSON carries it. */
export type Instant = string;

/** What a chart or a rate looks back on. */
export type Span = '5m' | '1h' | '24h';

/** A server that the tests need, and where it may be. */
export interface Program {
  readonly name: string;
  /** Names the file, before anything else is looked at. */
  readonly variable: string;
  /** The Debian package that holds it. */
  readonly package: string;
  /** The oldest version that will do, like `6.2`. */
  readonly oldest: string;
}

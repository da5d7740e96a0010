import * as fc from 'fast-check';
import type { Scene } from './scene.js';

/** Something that somebody does, or that happens; shown by its name when a storm breaks a promise. */
export class Deed {
  constructor(
    readonly name: string,
    readonly run: (scene: Scene) => void,
  ) {}

  [fc.toStringMethod](): string {
    return this.name;
  }
}

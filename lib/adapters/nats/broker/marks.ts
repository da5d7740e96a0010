import type { Ground } from './ground.js';

/**
 * What was handed back by those who had not begun with it is as if it had never been given out. The
 * server counts such deliveries too: a mark says up to which count all of them were of that sort.
 * Without a mark, or in doubt, a message counts as given.
 */
export class Marks {
  constructor(private readonly ground: Ground) {}

  async put(levelKey: string, sequence: number, delivered: number): Promise<void> {
    const { jetStream, layout } = this.ground;
    await jetStream.publish(layout.mark(levelKey, sequence), Buffer.from(`${delivered}`));
  }

  /** Whether all deliveries before this one were handed back unstarted. */
  async clean(levelKey: string, sequence: number, delivered: number): Promise<boolean> {
    if (delivered === 1) return true;
    const { jetStream, layout } = this.ground;
    const mark = await jetStream.lastOn(layout.control, layout.mark(levelKey, sequence));
    return mark !== undefined && Number(Buffer.from(mark.data).toString()) === delivered - 1;
  }

  /** The message is gone. */
  async drop(levelKey: string, sequence: number): Promise<void> {
    const { jetStream, layout } = this.ground;
    await jetStream.deleteLastOn(layout.control, layout.mark(levelKey, sequence));
  }
}

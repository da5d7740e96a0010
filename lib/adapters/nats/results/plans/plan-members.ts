import type { PlanRecord } from '../../../../core/ports/record.js';

/** The members of a plan, one slot for each id; an id may take several places. Never changes. */
export class PlanMembers {
  readonly slotOf: ReadonlyMap<string, number>;
  /** The slot of each place, in the order of `memberIds`. */
  readonly places: readonly number[];
  /** How many places each slot has. */
  readonly weights: readonly number[];

  constructor({ memberIds }: PlanRecord) {
    const slotOf = new Map<string, number>();
    const weights: number[] = [];
    this.places = memberIds.map((id) => {
      const slot = slotOf.get(id) ?? slotOf.size;
      slotOf.set(id, slot);
      weights[slot] = (weights[slot] ?? 0) + 1;
      return slot;
    });
    this.slotOf = slotOf;
    this.weights = weights;
  }
}

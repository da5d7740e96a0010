import type { Action } from '../contract/index.js';
import type { DashboardSettings } from '../dashboard-settings.js';

/** Each once; one that is forgotten here does not compile. */
const ACTIONS: Readonly<Record<Action, true>> = {
  'job.enqueue': true,
  'job.retry': true,
  'job.cancel': true,
  'job.delete': true,
  'job.run-now': true,
  'queue.pause': true,
  'queue.resume': true,
  'queue.clear': true,
  'queue.concurrency': true,
  'schedule.pause': true,
  'schedule.resume': true,
  'schedule.run-now': true,
  'schedule.remove': true,
};

/** What one visitor may do; each action is asked about once a request. */
export class Rights {
  readonly #answers = new Map<Action, Promise<boolean>>();

  constructor(
    readonly user: string | undefined,
    private readonly settings: Pick<DashboardSettings, 'readOnly' | 'can'>,
    private readonly request: unknown,
  ) {}

  may(action: Action): Promise<boolean> {
    const known = this.#answers.get(action);
    if (known) return known;
    const answer = this.#ask(action);
    this.#answers.set(action, answer);
    return answer;
  }

  async all(): Promise<Action[]> {
    // The keys of the record are actions, which Object.keys does not know.
    // oxlint-disable-next-line no-unsafe-type-assertion
    const actions = Object.keys(ACTIONS) as Action[];
    const answers = await Promise.all(actions.map((action) => this.may(action)));
    return actions.filter((_, index) => answers[index]);
  }

  async #ask(action: Action): Promise<boolean> {
    const { readOnly = false, can } = this.settings;
    if (readOnly) return false;
    return can === undefined || (await can(this.user, action, this.request));
  }
}

import { defineTask } from 'nestjs-tasqueue';

/** The name is also the id of its schedule. */
export const NightlyCleanUp = defineTask<void, { undone: string[] }>('maintenance.nightly', {
  queue: 'maintenance',
});

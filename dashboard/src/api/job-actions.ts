import type { Changed, JobAction } from '#contract';
import { jobPath } from './paths.js';
import { post, remove } from './request.js';

/** Acts on one job. A job that has changed meanwhile is left alone, and that is said. */
export async function actOnJob(action: JobAction, id: string): Promise<void> {
  const path = jobPath(id);
  const { changed } =
    action === 'delete' ? await remove<Changed>(path) : await post<Changed>(`${path}/${action}`);
  if (changed === 0) throw new Error('The job has changed meanwhile, and was left alone.');
}

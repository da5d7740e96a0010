import { TasqueueError } from '../core/errors.js';

/** In production the dashboard is not mounted where anybody could walk in. Thrown at bootstrap. */
export class UnguardedDashboardError extends TasqueueError {
  readonly code = 'TASQUEUE_UNGUARDED_DASHBOARD';
}

import { UnguardedDashboardError } from './errors.js';
import { checkDashboardOptions, type TasqueueDashboardOptions } from './dashboard-options.js';

/** The options as they hold. */
export type DashboardSettings = Omit<TasqueueDashboardOptions, 'path' | 'instance'>;

/** Throws InvalidOptionsError, and UnguardedDashboardError in production. */
export function dashboardSettings(
  options: TasqueueDashboardOptions,
  nodeEnvironment: string | undefined,
): DashboardSettings {
  checkDashboardOptions(options);
  const { guards = [], unguarded = false } = options;
  if (guards.length === 0 && !unguarded && nodeEnvironment === 'production')
    throw new UnguardedDashboardError(
      'the dashboard shows payloads and deletes jobs, and nothing guards it, while NODE_ENV is production: ' +
        'name a guard, TasqueueDashboardModule.forRoot({ guards: [AdminGuard] }), or, if a global guard or ' +
        'a proxy protects it, say so by unguarded: true',
    );
  return Object.freeze({ ...options });
}

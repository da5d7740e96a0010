export { TasqueueDashboardModule } from './tasqueue-dashboard.module.js';
export type { CanAct, DashboardGuard, TasqueueDashboardOptions } from './dashboard-options.js';
export type {
  TasqueueDashboardAsyncOptions,
  TasqueueDashboardOptionsFactory,
} from './async-options.js';
export type { AuditEvent, AuditFilter } from './access/audit-event.js';
export { UnguardedDashboardError } from './errors.js';
export type * from './contract/index.js';

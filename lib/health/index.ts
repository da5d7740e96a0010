export { TasqueueHealthModule } from './tasqueue-health.module.js';
export {
  type TasqueueHealthDetails,
  TasqueueHealthIndicator,
} from './tasqueue-health.indicator.js';
export type { TasqueueHealthOptions } from './health-options.js';

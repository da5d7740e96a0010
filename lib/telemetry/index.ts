export { TasqueueTelemetryModule } from './tasqueue-telemetry.module.js';
export type { TasqueueTelemetryOptions } from './telemetry-options.js';

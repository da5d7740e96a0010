// Tests of applications
export { TasqueueTestingModule, type OverridableBuilder } from './tasqueue-testing.module.js';
export type { TasqueueTestingOptions, TestingMode, TestingOptions } from './testing-options.js';
export { getTasqueueTesterToken, TasqueueTester } from './tasqueue-tester.js';
export type { DrainOptions, EnqueuedFilter, RunArguments, RunOptions } from './tester-options.js';
export type { PartialPayload } from './expectation/partial-payload.js';
export { ManualClock } from './manual-clock.js';

// Tests of adapters
export { type BrokerWorld, describeBroker } from './describe-broker.js';
export { describeResults, type ResultsWorld } from './describe-results.js';
export type { TestFramework } from './conformance/test-framework.js';

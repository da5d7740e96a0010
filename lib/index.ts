// The module
export { TasqueueModule } from './tasqueue.module.js';
export type {
  QueueOptions,
  RetentionOptions,
  TaskDefaults,
  TasqueueOptions,
} from './core/options.js';
export type {
  TasqueueAsyncOptions,
  TasqueueOptionsFactory,
} from './providers/tasqueue-options.providers.js';

// Decorators
export { Task } from './decorators/task.decorator.js';
export {
  OnFailed,
  OnProcessing,
  OnRetrying,
  OnSuccess,
  type TaskCallbackOptions,
} from './decorators/task-callbacks.decorator.js';
export {
  OnTasqueueEvent,
  type TasqueueEventOptions,
} from './decorators/on-tasqueue-event.decorator.js';
export { Payload, type PayloadOptions } from './decorators/payload.decorator.js';
export { JobCtx } from './decorators/job-ctx.decorator.js';
export {
  InjectTasqueue,
  InjectTasqueueAdmin,
  InjectTasqueueEvents,
  InjectTasqueueRunner,
} from './decorators/inject-tasqueue.decorator.js';

// What is injected, and the tokens of named instances
export { TasqueueClient } from './core/client/tasqueue-client.js';
export { TasqueueAdmin, type EnqueuedJob } from './core/admin/tasqueue-admin.js';
export {
  type RunnerStatus,
  type SlotStatus,
  TasqueueRunner,
} from './core/worker/tasqueue-runner.js';
export { TasqueueEvents } from './providers/tasqueue-events.js';
export {
  getTasqueueAdminToken,
  getTasqueueEventsToken,
  getTasqueueRunnerToken,
  getTasqueueToken,
} from './providers/tasqueue.tokens.js';
export type { ChainHandle, GroupHandle, JobHandle, ResultOptions } from './core/client/handles.js';
export type { JobFilter } from './core/admin/bulk.js';
export type { JobPage, JobPageRequest } from './core/admin/job-lists.js';
export type { QueueStats } from './core/admin/queue-stats.js';
export type { ScheduleMessage } from './core/admin/schedules.js';
export type { BulkAction, BulkStep, BulkStepRequest } from './core/admin/bulk-step.js';
export type {
  FailureGroup,
  Failures,
  FailuresRequest,
} from './core/admin/failures/failure-group.js';
export type {
  HistorySpan,
  OutcomeHistory,
  OutcomeStep,
} from './core/admin/history/outcome-history.js';
export type { JobAttempt, JobDetail, JobPosition } from './core/admin/job/job-detail.js';
export type {
  JobCount,
  JobQuery,
  JobSearch,
  JobSearchPage,
  Scanned,
  ScanRequest,
} from './core/admin/search/search-types.js';
export type { StoreHealth } from './core/admin/store-health.js';
export type { JobTotals } from './core/admin/totals.js';
export type {
  RunningJob,
  WorkerMessage,
  WorkerSlots,
} from './core/admin/workers/worker-message.js';
export type {
  MemberStatus,
  WorkflowCallback,
  WorkflowMember,
  WorkflowMessage,
} from './core/admin/workflow-message.js';
export type { EventOrigin, TasqueueEvent, TasqueueEventName } from './core/events.js';

// Around handlers
export { JobContext } from './core/job-context.js';
export { TasqueueExceptionFilter } from './providers/tasqueue-exception.filter.js';
export type { TasqueueContextType } from './providers/tasqueue-context-type.js';

// Tasks and specs
export { defineTask, type DefinitionOptions } from './core/spec/define-task.js';
export { job } from './core/spec/job.js';
export { group, type GroupOptions } from './core/spec/group.js';
export { chain, type ChainOptions } from './core/spec/chain.js';
export type { ChainSpec, GroupSpec, JobOptions, JobSpec } from './core/spec/job-spec.js';
export type { AnyTaskDefinition, TaskDefinition } from './core/spec/task-definition.js';
export type { TaskOptions } from './core/spec/task-options.js';
export type { Backoff, BackoffFunction, TaskPolicy } from './core/spec/task-policy.js';
export type { TaskName, TaskRegistry } from './core/spec/task-registry.js';
export type { HandlerOf, InputOf, PayloadOf, ResultOf, TaskLike } from './core/spec/task-types.js';
export type { StandardSchemaV1 } from './core/spec/standard-schema.js';
export type { CronSpec } from './core/cron.js';

// Messages
export type { ChainMessage, GroupMessage, JobMessage } from './core/job-message.js';
export type { FinalStatus, JobStatus, WorkflowStatus } from './core/job-status.js';

// Errors
export {
  type AttemptError,
  BrokerUnavailableError,
  CancelledError,
  CapabilityError,
  ClosedError,
  DuplicateTaskError,
  EncodingError,
  InvalidOptionsError,
  InvalidStateError,
  JobFailedError,
  LeaseLostError,
  NotFoundError,
  PayloadTooLargeError,
  PayloadValidationError,
  QueueConcurrencyConflictError,
  ResultsUnavailableError,
  RetryLaterError,
  ShutdownError,
  TasqueueError,
  TimeoutError,
  UnknownTaskError,
  UnrecoverableError,
} from './core/errors.js';

// Adapters, and the ports for those of one's own
export { MemoryBroker, type MemoryBrokerOptions } from './adapters/memory/memory-broker.js';
export { MemoryResults, type MemoryResultsOptions } from './adapters/memory/memory-results.js';
export type { Clock } from './core/clock.js';
export type { Codec } from './core/codec.js';
export { crashDelayMs, REDELIVERY_HORIZON_MS } from './core/lease.js';
export type {
  BeatReply,
  Broker,
  BrokerCapabilities,
  BrokerSettings,
  Delivery,
  EnqueueReply,
  Notice,
  QueueClaim,
  ReclaimRequest,
  SessionReply,
  Settlement,
  WorkReply,
  WorkRequest,
} from './core/ports/broker.js';
export type { BrokerInspector, QueueCounts, SessionStatus } from './core/ports/broker-inspector.js';
export type { Message, MessageKey, MessageKind, StoredMessage } from './core/ports/message.js';
export type { Page, PageRequest } from './core/ports/page.js';
export type {
  JobRecord,
  MarkStatus,
  PlanRecord,
  RunError,
  StoredRecord,
  Tombstone,
  Versioned,
} from './core/ports/record.js';
export type {
  Mark,
  MarkReply,
  PlanEnds,
  PlanProgress,
  RecordCounts,
  RecordFilter,
  RecordWrite,
  Results,
  ResultsSettings,
  Retention,
  RetentionPolicy,
  WriteReply,
} from './core/ports/results.js';
export type { SessionInfo } from './core/ports/session-info.js';
export type { ReportTrouble, Trouble } from './core/ports/trouble.js';

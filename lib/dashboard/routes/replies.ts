import type * as contract from '../contract/index.js';

/** The types of the contract that calls answer with, by their names in its document. */
export interface Replies {
  readonly BulkReply: contract.BulkReply;
  readonly Changed: contract.Changed;
  readonly Cleared: contract.Cleared;
  readonly CountReply: contract.CountReply;
  readonly Created: contract.Created;
  readonly Failures: contract.Failures;
  readonly JobDetail: contract.JobDetail;
  readonly JobsPage: contract.JobsPage;
  readonly Overview: contract.Overview;
  readonly Pulse: contract.Pulse;
  readonly QueueList: contract.QueueList;
  readonly ScheduleList: contract.ScheduleList;
  readonly ScheduleRow: contract.ScheduleRow;
  readonly Visitor: contract.Visitor;
  readonly WorkerList: contract.WorkerList;
  readonly Workflow: contract.Workflow;
}

/** Those that calls carry. */
export interface Bodies {
  readonly BulkStep: contract.BulkStep;
  readonly ConcurrencyChange: contract.ConcurrencyChange;
  readonly CountRequest: contract.CountRequest;
  readonly NewJob: contract.NewJob;
}

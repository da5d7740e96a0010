import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import type {
  JobDetail,
  Overview,
  Pulse,
  QueueList,
  ScheduleList,
  Span,
  Visitor,
  WorkerList,
  Workflow,
} from '#contract';
import { jobPath, workflowPath } from './paths.js';
import { get } from './request.js';

/** First part of the key of what a pulse refreshes. */
export const LIVE = 'live';

export const PULSE_KEY = ['pulse'] as const;
/** A pulse brings the queues along. */
export const QUEUES_KEY = ['queues'] as const;
const VISITOR_KEY = ['visitor'] as const;

export const useVisitor = () =>
  useQuery({
    queryKey: VISITOR_KEY,
    queryFn: ({ signal }) => get<Visitor>('visitor', {}, signal),
    staleTime: 60_000,
  });

export const useOverview = (span: Span) =>
  useQuery({
    queryKey: [LIVE, 'overview', span],
    queryFn: ({ signal }) => get<Overview>('overview', { span }, signal),
    placeholderData: keepPreviousData,
  });

export const useQueues = () =>
  useQuery({
    queryKey: QUEUES_KEY,
    queryFn: ({ signal }) => get<QueueList>('queues', {}, signal),
  });

export const useJob = (id: string) =>
  useQuery({
    queryKey: [LIVE, 'job', id],
    queryFn: ({ signal }) => get<JobDetail>(jobPath(id), {}, signal),
    // Progress and log change nothing that a pulse would tell of.
    refetchInterval: ({ state: { data } }) => (data?.state === 'processing' ? 1_000 : false),
  });

export const useWorkflow = (id: string) =>
  useQuery({
    queryKey: [LIVE, 'workflow', id],
    queryFn: ({ signal }) => get<Workflow>(workflowPath(id), {}, signal),
  });

export const useSchedules = () =>
  useQuery({
    queryKey: [LIVE, 'schedules'],
    queryFn: ({ signal }) => get<ScheduleList>('schedules', {}, signal),
  });

export const useWorkers = () =>
  useQuery({
    queryKey: [LIVE, 'workers'],
    queryFn: ({ signal }) => get<WorkerList>('workers', {}, signal),
  });

/** What the stream said last; it is put there by `useLive`. */
export const usePulse = (): Pulse | undefined =>
  useQuery<Pulse>({ queryKey: PULSE_KEY, queryFn: skipToken, staleTime: Infinity }).data;

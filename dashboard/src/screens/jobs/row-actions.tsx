import { useState } from 'react';
import type { JobAction, JobRow } from '#contract';
import { actOnJob } from '../../api/job-actions.js';
import { useAct } from '../../api/use-act.js';
import { ACTION_WORDS } from '../../bulk/target.js';
import { go, jobsHref } from '../../shell/place.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';

/** What can be taken back is done at once; the rest is asked about. */
const ASKED: ReadonlySet<JobAction> = new Set(['cancel', 'delete']);

/** The buttons for one job: with their words on its page, without in a list. */
export function RowActions({ job, words = false }: { job: JobRow; words?: boolean }) {
  const [asked, setAsked] = useState<JobAction>();
  const { mutate, isPending } = useAct({
    act: (action: JobAction) => actOnJob(action, job.id),
    done: (_, action) => {
      // Its page is about nothing any more.
      if (words && action === 'delete') go(jobsHref({ state: job.state }));
      return `${job.task} ${ACTION_WORDS[action].done}.`;
    },
  });
  return (
    <span className="acts-row">
      {job.actions.map((action) => (
        <Button
          key={action}
          icon={action}
          tone={words && action === 'delete' ? 'danger' : 'plain'}
          label={words ? undefined : `${ACTION_WORDS[action].verb}: ${job.task} ${job.id}`}
          disabled={isPending}
          onClick={() => (ASKED.has(action) ? setAsked(action) : mutate(action))}
        >
          {words ? ACTION_WORDS[action].verb : undefined}
        </Button>
      ))}
      {asked && (
        <Confirm
          title={`${ACTION_WORDS[asked].verb} 1 job?`}
          yes={`${ACTION_WORDS[asked].verb} 1 job`}
          danger
          onYes={() => mutate(asked)}
          onClose={() => setAsked(undefined)}
        >
          <p>
            <strong>{job.task}</strong> <span className="id">{job.id}</span>
          </p>
        </Confirm>
      )}
    </span>
  );
}

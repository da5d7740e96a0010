import { useState } from 'react';
import type { JobDetail } from '#contract';
import { useJob } from '../../api/queries.js';
import { useRights } from '../../api/use-rights.js';
import { Link } from '../../shell/link.js';
import { jobsHref } from '../../shell/place.js';
import { Button } from '../../ui/button.js';
import { CopyButton } from '../../ui/copy-button.js';
import { Loaded } from '../../ui/loaded.js';
import { Screen } from '../../ui/screen.js';
import { StateMark } from '../../ui/state-mark.js';
import { RowActions } from '../jobs/row-actions.js';
import { Attempts } from './attempts.js';
import { Facts } from './facts.js';
import { LogPanel } from './log-panel.js';
import { NewJobDialog } from './new-job-dialog.js';
import { ProgressPanel } from './progress-panel.js';
import { Relations } from './relations.js';
import { Timeline } from './timeline.js';
import { ValuePanel } from './value-panel.js';

export function JobScreen({ id }: { readonly id: string }) {
  const query = useJob(id);
  const job = query.data;
  return (
    <Screen
      title={job?.task ?? 'Job'}
      name={`${job?.task ?? 'Job'} ${id}`}
      above={<Trail id={id} job={job} />}
      side={job && <JobTools job={job} />}
    >
      <Loaded query={query}>{(shown) => <JobPanels job={shown} />}</Loaded>
    </Screen>
  );
}

function Trail({ id, job }: { readonly id: string; readonly job: JobDetail | undefined }) {
  return (
    <p className="trail">
      <Link href={jobsHref({ state: job?.state })}>Jobs</Link>
      <span aria-hidden="true">/</span>
      <span className="id">{id}</span>
      {job && <StateMark state={job.state} />}
    </p>
  );
}

function JobTools({ job }: { readonly job: JobDetail }) {
  const can = useRights();
  const [copies, setCopies] = useState(false);
  return (
    <>
      <RowActions job={job} words />
      {can('job.enqueue') && (
        <Button icon="edit" onClick={() => setCopies(true)}>
          Duplicate and edit
        </Button>
      )}
      <CopyButton text={JSON.stringify(job, null, 2)}>Copy as JSON</CopyButton>
      <CopyButton text={job.typescript}>Copy as TypeScript</CopyButton>
      {copies && <NewJobDialog from={job} onClose={() => setCopies(false)} />}
    </>
  );
}

function JobPanels({ job }: { readonly job: JobDetail }) {
  return (
    <div className="job">
      <div className="job-main">
        {job.progress && <ProgressPanel progress={job.progress} />}
        <Attempts job={job} />
        <ValuePanel title="Payload" shown={job.payload} />
        {job.result && <ValuePanel title="Result" shown={job.result} />}
        {job.prevJobResult && <ValuePanel title="Previous result" shown={job.prevJobResult} />}
        <LogPanel job={job} />
      </div>
      <div className="job-side">
        <Timeline job={job} />
        <Facts job={job} />
        <Relations job={job} />
      </div>
    </div>
  );
}

import { type SubmitEvent, useState } from 'react';
import { go, workflowHref } from '../../shell/place.js';
import { Button } from '../../ui/button.js';
import { Field } from '../../ui/field.js';
import { Screen } from '../../ui/screen.js';
import { RecentWorkflows } from './recent-workflows.js';

/** Stores keep no list of groups and chains: one is found by its id, or by a job of it. */
export function WorkflowsScreen() {
  const [id, setId] = useState('');
  const open = (event: SubmitEvent) => {
    event.preventDefault();
    if (id.trim() !== '') go(workflowHref(id.trim()));
  };
  return (
    <Screen title="Groups and chains">
      <form className="lookup" onSubmit={open}>
        <Field label="Id of a group or a chain">
          {(ids) => (
            <input
              {...ids}
              data-filter
              value={id}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => setId(target.value)}
            />
          )}
        </Field>
        <Button type="submit" tone="main">
          Show
        </Button>
      </form>
      <RecentWorkflows />
    </Screen>
  );
}

import { Dialog } from '../ui/dialog.js';
import { KEYS } from './shortcuts.js';

export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keyboard and filter" onClose={onClose} wide>
      <div className="dialog-body help">
        <section>
          <h3>Keys</h3>
          <dl className="keys">
            {KEYS.map(({ keys, does }) => (
              <div key={keys}>
                <dt>
                  <Keys keys={keys} />
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
        <FilterHelp />
      </div>
    </Dialog>
  );
}

const EXAMPLES: readonly { readonly q: string; readonly finds: string }[] = [
  { q: 'task:mail.send', finds: 'jobs of one task; a * stands for anything' },
  { q: 'queue:payments error:timeout', finds: 'all that is said has to hold' },
  { q: 'payload.user.id:42', finds: 'a value anywhere in the payload' },
  { q: 'header.tenant:acme', finds: 'a header' },
  { q: 'error:"connection refused"', finds: 'a value with spaces, in quotes' },
  { q: 'chain:order-7', finds: 'the steps of a chain; group: for a group' },
  { q: 'invoice', finds: 'a word in id, task, error or payload' },
];

function FilterHelp() {
  return (
    <section>
      <h3>Filter</h3>
      <dl className="examples">
        {EXAMPLES.map(({ q, finds }) => (
          <div key={q}>
            <dt>
              <code>{q}</code>
            </dt>
            <dd>{finds}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** One key, or one after the other. */
function Keys({ keys }: { readonly keys: string }) {
  const [first, second] = keys.split(' ');
  return (
    <>
      <kbd>{first}</kbd>
      {second !== undefined && <kbd>{second}</kbd>}
    </>
  );
}

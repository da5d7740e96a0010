import type { ShownValue } from '#contract';
import { CopyButton } from '../../ui/copy-button.js';
import { JsonText } from '../../ui/json-text.js';
import { Panel } from '../../ui/panel.js';

/** A payload, a result: what of it may be seen. */
export function ValuePanel({
  title,
  shown,
}: {
  readonly title: string;
  readonly shown: ShownValue;
}) {
  const { value, raw } = shown;
  const text = raw ?? JSON.stringify(value, null, 2) ?? 'undefined';
  return (
    <Panel title={title} side={<CopyButton text={text}>Copy</CopyButton>}>
      <ValueNotes shown={shown} />
      {raw === undefined ? (
        <JsonText value={value} label={title} />
      ) : (
        <pre className="code raw" tabIndex={0} role="group" aria-label={`${title}, as stored`}>
          {raw}
        </pre>
      )}
    </Panel>
  );
}

function ValueNotes({ shown: { raw, redacted, cut } }: { readonly shown: ShownValue }) {
  return (
    <>
      {redacted.length > 0 && (
        <p className="panel-note">
          Hidden:{' '}
          {redacted.map((path) => (
            <code key={path}>{path}</code>
          ))}
        </p>
      )}
      {raw !== undefined && (
        <p className="panel-note">It could not be decoded. These are its bytes, in base64.</p>
      )}
      {cut && (
        <p className="panel-note">Only its beginning is shown; the API gives no more either.</p>
      )}
    </>
  );
}

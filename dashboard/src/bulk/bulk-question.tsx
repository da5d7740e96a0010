import { useState } from 'react';
import type { JobAction } from '#contract';
import { count as inWords } from '../format/numbers.js';
import { Button } from '../ui/button.js';
import { Choice } from '../ui/choice.js';
import { ACTION_WORDS } from './target.js';

const RATES = [
  { value: '10', name: '10 a second' },
  { value: '100', name: '100 a second' },
  { value: 'full', name: 'As fast as possible' },
] as const;

type Rate = (typeof RATES)[number]['value'];

interface BulkQuestionProps {
  readonly action: JobAction;
  readonly count: number;
  readonly paced: boolean;
  /** With jobs a second at most. */
  readonly onYes: (perSecond: number | undefined) => void;
  readonly onNo: () => void;
}

/** The number is in the title and on the button: nobody deletes a million for twenty. */
export function BulkQuestion({ action, count, paced, onYes, onNo }: BulkQuestionProps) {
  const [rate, setRate] = useState<Rate>(paced ? '100' : 'full');
  const { verb, note } = ACTION_WORDS[action];
  return (
    <>
      <div className="dialog-body">
        <p>{count === 0 ? 'Nothing matches any more.' : note}</p>
        {paced && count > 0 && (
          <Choice label="How fast" options={RATES} value={rate} onChange={setRate} />
        )}
      </div>
      <footer className="dialog-foot">
        <Button onClick={onNo}>Keep as they are</Button>
        <Button
          tone={action === 'delete' || action === 'cancel' ? 'danger' : 'main'}
          disabled={count === 0}
          onClick={() => onYes(rate === 'full' ? undefined : Number(rate))}
        >
          {`${verb} ${inWords(count)}`}
        </Button>
      </footer>
    </>
  );
}

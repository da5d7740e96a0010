import { type ChangeEvent, useRef, useState } from 'react';
import { useVisitor } from '../api/queries.js';
import { complete, suggest, type Suggestion } from './completion.js';

/** What is typed in the filter, where the cursor is in it, and what may come next. */
export function useTypedFilter(q: string) {
  const visitor = useVisitor().data;
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(q);
  const [caret, setCaret] = useState(q.length);
  const [applied, setApplied] = useState(q);
  // The address has changed: by a link, or by going back.
  if (applied !== q) {
    setApplied(q);
    // What is being typed keeps the space behind it.
    if (text.trim() !== q) setText(q);
  }
  const names = { tasks: visitor?.tasks ?? [], queues: visitor?.queues ?? [] };
  return {
    input,
    text,
    setText,
    items: suggest(text, caret, names),
    /** Gives the text with the suggestion in it. */
    take: (item: Suggestion): string => {
      const after = complete(text, caret, item);
      setText(after.text);
      setCaret(after.caret);
      // Once the field has the new text.
      requestAnimationFrame(() => {
        input.current?.setSelectionRange(after.caret, after.caret);
      });
      return after.text;
    },
    // Not by the combobox's own report: by then the field has its old text again, and its cursor is lost.
    type: ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
      setText(currentTarget.value);
      setCaret(currentTarget.selectionStart ?? currentTarget.value.length);
    },
    moveCaret: () => setCaret(input.current?.selectionStart ?? text.length),
  };
}

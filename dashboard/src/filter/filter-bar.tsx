import { useCombobox } from 'downshift';
import { type ChangeEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useVisitor } from '../api/queries.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { complete, suggest, type Suggestion } from './completion.js';

interface FilterBarProps {
  readonly q: string;
  readonly onFilter: (q: string) => void;
}

/** A filter that is typed, with what may come next. It holds once Enter is pressed or a name is picked. */
export function FilterBar({ q, onFilter }: FilterBarProps) {
  const box = useFilterBox(q, onFilter);
  const { isOpen, highlightedIndex, getInputProps, getMenuProps, getItemProps } = box;
  return (
    <form role="search" className="filter" onSubmit={box.submit}>
      <Icon name="search" />
      <input
        data-filter
        placeholder="task:mail.send  error:timeout  payload.orderId:7"
        spellCheck={false}
        {...getInputProps({
          ref: box.input,
          'aria-label': 'Filter jobs',
          onChange: box.type,
          onKeyDown: box.leave,
          onSelect: box.moveCaret,
        })}
      />
      {box.text !== '' && <Button icon="close" label="Clear the filter" onClick={box.clear} />}
      <ul
        className={box.items.length > 0 && isOpen ? 'menu' : 'menu menu-closed'}
        {...getMenuProps({ 'aria-label': 'What may come next' })}
      >
        {isOpen &&
          box.items.map((item, index) => (
            <li
              key={item.text}
              className={index === highlightedIndex ? 'is-active' : undefined}
              {...getItemProps({ item, index })}
            >
              <code>{item.text}</code>
              {item.hint !== undefined && <span className="soft">{item.hint}</span>}
            </li>
          ))}
      </ul>
    </form>
  );
}

function useFilterBox(q: string, onFilter: (q: string) => void) {
  const visitor = useVisitor().data;
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(q);
  const [caret, setCaret] = useState(q.length);
  const [applied, setApplied] = useState(q);
  // The address has changed: by a link, or by going back.
  if (applied !== q) {
    setApplied(q);
    setText(q);
  }

  const names = { tasks: visitor?.tasks ?? [], queues: visitor?.queues ?? [] };
  const items = suggest(text, caret, names);
  const apply = (filter: string) => {
    setText(filter.trim());
    onFilter(filter.trim());
  };
  const pick = (item: Suggestion) => {
    const after = complete(text, caret, item);
    setText(after.text);
    setCaret(after.caret);
    // Where a value still has to follow, the list stays open for it.
    if (item.whole) onFilter(after.text.trim());
  };
  const combobox = useCombobox<Suggestion>({
    items,
    inputValue: text,
    selectedItem: null,
    itemToString: (item) => item?.text ?? '',
    onSelectedItemChange: ({ selectedItem }) => {
      if (selectedItem) pick(selectedItem);
    },
    stateReducer: (_, { changes, type }) => {
      const { InputKeyDownEnter, ItemClick, InputBlur } = useCombobox.stateChangeTypes;
      if (type === InputBlur) return { ...changes, selectedItem: null };
      if (type !== InputKeyDownEnter && type !== ItemClick) return changes;
      return { ...changes, isOpen: changes.selectedItem?.whole === false };
    },
  });
  return {
    ...combobox,
    input,
    text,
    items,
    submit: (event: { preventDefault(): void }) => {
      event.preventDefault();
      if (combobox.isOpen && combobox.highlightedIndex >= 0) return;
      combobox.closeMenu();
      apply(text);
    },
    clear: () => {
      apply('');
      input.current?.focus();
    },
    // Not by the combobox's own report: by then the field has its old text again, and its cursor is lost.
    type: ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
      setText(currentTarget.value);
      setCaret(currentTarget.selectionStart ?? currentTarget.value.length);
    },
    moveCaret: () => setCaret(input.current?.selectionStart ?? text.length),
    leave: (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !combobox.isOpen) input.current?.blur();
    },
  };
}

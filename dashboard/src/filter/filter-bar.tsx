import { useCombobox, type UseComboboxState, type UseComboboxStateChangeOptions } from 'downshift';
import type { KeyboardEvent } from 'react';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import type { Suggestion } from './completion.js';
import { useTypedFilter } from './use-typed-filter.js';

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
          onKeyDown: box.press,
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
  const typed = useTypedFilter(q);
  const apply = (filter: string) => {
    typed.setText(filter.trim());
    onFilter(filter.trim());
  };
  const combobox = useCombobox<Suggestion>({
    items: typed.items,
    inputValue: typed.text,
    selectedItem: null,
    itemToString: (item) => item?.text ?? '',
    onSelectedItemChange: ({ selectedItem }) => {
      if (!selectedItem) return;
      const text = typed.take(selectedItem);
      if (selectedItem.whole) onFilter(text.trim());
    },
    stateReducer: keepOpenForValue,
  });
  return {
    ...combobox,
    ...typed,
    submit: (event: { preventDefault(): void }) => {
      event.preventDefault();
      combobox.closeMenu();
      apply(typed.text);
    },
    clear: () => {
      apply('');
      typed.input.current?.focus();
    },
    press: (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !combobox.isOpen) typed.input.current?.blur();
      // With nothing picked from the list, Enter means the filter as it is typed.
      if (event.key === 'Enter' && combobox.highlightedIndex < 0)
        Object.assign(event.nativeEvent, { preventDownshiftDefault: true });
    },
  };
}

/** Leaving the field picks nothing; where a value still has to follow, the list stays open for it. */
function keepOpenForValue(
  _: UseComboboxState<Suggestion>,
  { changes, type }: UseComboboxStateChangeOptions<Suggestion>,
) {
  const { InputKeyDownEnter, ItemClick, InputBlur } = useCombobox.stateChangeTypes;
  if (type === InputBlur) return { ...changes, selectedItem: null };
  if (type !== InputKeyDownEnter && type !== ItemClick) return changes;
  return { ...changes, isOpen: changes.selectedItem?.whole === false };
}

import type { ReactNode, TdHTMLAttributes, ThHTMLAttributes } from 'react';

/**
 * On a phone rows become cards, for which the style sheet takes the layout of a table away; some browsers
 * take its meaning away with that, so the roles are said.
 */
export function Table({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="table-box">
      <table role="table" aria-label={label}>
        {children}
      </table>
    </div>
  );
}

export function Head({ children }: { readonly children: ReactNode }) {
  return (
    <thead role="rowgroup">
      <tr role="row">{children}</tr>
    </thead>
  );
}

interface ColumnProps extends ThHTMLAttributes<HTMLTableCellElement> {
  /** Of numbers: set to the right. */
  readonly right?: boolean;
}

export function Column({ right = false, children, ...rest }: ColumnProps) {
  return (
    <th role="columnheader" scope="col" className={right ? 'right' : undefined} {...rest}>
      {children}
    </th>
  );
}

interface CellProps extends TdHTMLAttributes<HTMLTableCellElement> {
  /** The column's name, shown on a phone. */
  readonly name?: string;
  readonly right?: boolean;
}

export function Cell({ name, right = false, className = '', children, ...rest }: CellProps) {
  return (
    <td
      role="cell"
      data-name={name}
      className={right ? `right num ${className}` : className || undefined}
      {...rest}
    >
      {children}
    </td>
  );
}

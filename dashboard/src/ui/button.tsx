import type { ButtonHTMLAttributes } from 'react';
import { Icon, type IconName } from './icon.js';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon?: IconName | undefined;
  readonly tone?: 'plain' | 'main' | 'danger' | undefined;
  /** What it does to what, where the word on it does not say. */
  readonly label?: string | undefined;
}

/** Its word is its name; one of an icon alone needs a label. */
export function Button({ icon, tone = 'plain', label, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={`button button-${tone}${children === undefined ? ' button-icon' : ''}`}
      aria-label={label}
      title={children === undefined ? label : undefined}
      {...rest}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

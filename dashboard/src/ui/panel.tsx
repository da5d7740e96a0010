import { type ReactNode, useId } from 'react';

interface PanelProps {
  readonly title: string;
  readonly side?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

export function Panel({ title, side, children, className = '' }: PanelProps) {
  const titleId = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={titleId}>
      <header className="panel-head">
        <h2 id={titleId}>{title}</h2>
        {side}
      </header>
      {children}
    </section>
  );
}

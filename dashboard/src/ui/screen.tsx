import { type ReactNode, useEffect } from 'react';

interface ScreenProps {
  readonly title: string;
  /** In the window's title, where it says more than the heading. */
  readonly name?: string;
  readonly above?: ReactNode;
  readonly side?: ReactNode;
  readonly children: ReactNode;
}

/** A page with its heading; what can be done with all of it stands beside that. */
export function Screen({ title, name = title, above, side, children }: ScreenProps) {
  useEffect(() => {
    document.title = `${name} · Tasqueue`;
  }, [name]);
  return (
    <>
      <header className="screen-head">
        <div className="screen-title">
          {above}
          <h1 tabIndex={-1}>{title}</h1>
        </div>
        {side && <div className="screen-side">{side}</div>}
      </header>
      {children}
    </>
  );
}

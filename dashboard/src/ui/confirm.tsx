import type { ReactNode } from 'react';
import { Button } from './button.js';
import { Dialog } from './dialog.js';

interface ConfirmProps {
  readonly title: string;
  readonly children?: ReactNode;
  /** The word on the button that does it. */
  readonly yes: string;
  readonly danger?: boolean;
  readonly onYes: () => void;
  readonly onClose: () => void;
}

/** Asks before something is done that cannot be taken back. */
export function Confirm({ title, children, yes, danger = false, onYes, onClose }: ConfirmProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="dialog-body">{children}</div>
      <footer className="dialog-foot">
        <Button onClick={onClose}>Keep as it is</Button>
        <Button
          tone={danger ? 'danger' : 'main'}
          onClick={() => {
            onClose();
            onYes();
          }}
        >
          {yes}
        </Button>
      </footer>
    </Dialog>
  );
}

import { useToasts } from '../shell/toasts.js';
import { Button } from './button.js';

/** Puts a text on the clipboard. */
export function CopyButton({
  text,
  children,
}: {
  readonly text: string;
  readonly children: string;
}) {
  const { say } = useToasts();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      say({ tone: 'good', text: 'Copied.' });
    } catch {
      // Browsers keep the clipboard to https and localhost.
      say({ tone: 'bad', text: 'This browser lets nothing be copied from a page without https.' });
    }
  };
  return (
    <Button icon="copy" onClick={() => void copy()}>
      {children}
    </Button>
  );
}

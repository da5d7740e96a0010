import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { Icon } from '../ui/icon.js';

export interface Toast {
  readonly tone: 'good' | 'bad';
  readonly text: string;
}

const SHOWN_MS = 6_000;
const MOST = 4;

const ToastContext = createContext<{ say: (toast: Toast) => void }>({ say: () => undefined });

/** Says in a corner, and to screen readers, how something went. */
export const useToasts = () => useContext(ToastContext);

export function Toasts({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly (Toast & { id: string })[]>([]);
  const drop = useCallback(
    (id: string) => setToasts((all) => all.filter((toast) => toast.id !== id)),
    [],
  );
  const say = useCallback(
    (toast: Toast) => {
      const id = crypto.getRandomValues(new Uint32Array(2)).join('-');
      setToasts((all) => [...all.slice(1 - MOST), { ...toast, id }]);
      setTimeout(() => drop(id), SHOWN_MS);
    },
    [drop],
  );
  const context = useMemo(() => ({ say }), [say]);
  return (
    <ToastContext.Provider value={context}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map(({ id, tone, text }) => (
          <div key={id} className={`toast toast-${tone}`}>
            <Icon name={tone === 'good' ? 'check' : 'alert'} />
            <span>{text}</span>
            <button type="button" className="plain" aria-label="Dismiss" onClick={() => drop(id)}>
              <Icon name="close" />
            </button>
          </div>
        ))}
      </div>
    </ToastContext.Provider>
  );
}

/** A visitor's choice, kept in this browser; some browsers refuse to keep anything. */
export function readStored(name: string): string | undefined {
  try {
    return localStorage.getItem(`tasqueue.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function store(name: string, value: string): void {
  try {
    localStorage.setItem(`tasqueue.${name}`, value);
  } catch {
    // The choice then holds until the page is closed.
  }
}

/** Handlers get this long, in real time, before a manual clock moves on without them. */
export const PATIENCE_MS = 1_000;

/** Whether the promise ends within `ms` of real time. Rejects as it does. */
export async function endsWithin(ms: number, promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

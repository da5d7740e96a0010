/** How much of something is in use; the numbers beside it say the same. */
export function Meter({ value, of }: { readonly value: number; readonly of: number }) {
  const part = of === 0 ? 0 : Math.min(1, value / of);
  return (
    <span className="meter" aria-hidden="true">
      <span className="meter-fill" style={{ width: `${part * 100}%` }} />
    </span>
  );
}

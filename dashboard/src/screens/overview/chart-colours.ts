/** Colours as the style sheet resolves them now: a canvas knows no variables. */
export interface ChartColours {
  readonly successful: string;
  readonly failed: string;
  readonly cancelled: string;
  readonly grid: string;
  readonly text: string;
}

export function chartColours(place: HTMLElement): ChartColours {
  const probe = document.createElement('span');
  place.append(probe);
  const resolve = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    successful: resolve('chart-successful'),
    failed: resolve('chart-failed'),
    cancelled: resolve('chart-cancelled'),
    grid: resolve('line'),
    text: resolve('text-soft'),
  };
  probe.remove();
  return colours;
}

import type { Series } from './verdict.js';

const WIDTH = 760;
const PANEL = { height: 110, left: 150, right: 20, top: 24, bottom: 18 };
const INK = '#24292f';
const PALE = '#8c959f';
const LINE = '#0969da';
const JUDGED = '#ddf4ff';

/** A picture of the series, one above the other; the half that is judged is shaded. */
export function plot(title: string, all: readonly Series[]): string {
  const height = 40 + all.length * PANEL.height;
  const panels = all.map((series, index) => panel(series, 40 + index * PANEL.height));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="11" role="img" aria-label="${title}">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    `<text x="12" y="24" font-size="15" fill="${INK}">${title}</text>`,
    ...panels,
    '</svg>',
    '',
  ].join('\n');
}

function panel({ name, unit, points }: Series, y: number): string {
  const { left, right, top, bottom, height } = PANEL;
  const [inner, floor] = [WIDTH - left - right, y + height - bottom];
  const last = points.at(-1)?.minute ?? 1;
  const most = Math.max(...points.map(({ value }) => value), 1e-9) * 1.1;
  const x = (minute: number): number => left + (minute / last) * inner;
  const up = (value: number): number => floor - (value / most) * (height - top - bottom);
  const judged = points[Math.floor(points.length / 2)]?.minute ?? 0;
  const path = points.map(({ minute, value }) => `${x(minute).toFixed(1)},${up(value).toFixed(1)}`);
  const roof = y + top;
  return [
    `<rect x="${x(judged).toFixed(1)}" y="${roof}" width="${(x(last) - x(judged)).toFixed(1)}" height="${floor - roof}" fill="${JUDGED}"/>`,
    `<path d="M${left} ${roof}V${floor}H${WIDTH - right}" fill="none" stroke="${PALE}"/>`,
    `<text x="${left - 8}" y="${roof + 4}" text-anchor="end" fill="${PALE}">${figure(most)} ${unit}</text>`,
    `<text x="${left - 8}" y="${floor}" text-anchor="end" fill="${PALE}">0</text>`,
    `<text x="${WIDTH - right}" y="${floor + 13}" text-anchor="end" fill="${PALE}">${figure(last)} min</text>`,
    `<text x="12" y="${(roof + floor) / 2 + 4}" fill="${INK}">${name}</text>`,
    `<polyline points="${path.join(' ')}" fill="none" stroke="${LINE}" stroke-width="1.5"/>`,
  ].join('\n');
}

/** Short, and with as many digits as say something. */
export function figure(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

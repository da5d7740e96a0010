import { LineScreen } from './line-screen.js';
import { LiveScreen } from './live-screen.js';
import type { Output, Screen } from './screen.js';
import { coloured, type Paint, plain } from './text.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** A live picture where it can be redrawn, plain lines where not. */
export function openScreen(output: Output, env: Environment): Screen {
  return canRedraw(output, env)
    ? new LiveScreen(output, choosePaint(output, env))
    : new LineScreen(output);
}

/** Colours only for people, and only if they want any: see no-color.org. */
export function choosePaint(output: Output, env: Environment): Paint {
  return canRedraw(output, env) && !env['NO_COLOR'] ? coloured : plain;
}

function canRedraw(output: Output, env: Environment): boolean {
  return output.isTTY === true && env['TERM'] !== 'dumb';
}

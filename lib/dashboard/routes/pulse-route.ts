import type { PulseReader } from '../live/pulse-reader.js';
import { type Route, route } from './route.js';

export function pulseRoute(pulses: PulseReader): Route {
  return route({
    method: 'GET',
    path: 'pulse',
    summary: 'What `live` would tell now, for those who cannot keep a stream open.',
    reply: 'Pulse',
    answer: () => pulses.read(),
  });
}

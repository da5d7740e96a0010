import type { Section } from '../harness/section.js';
import { cost } from './cost.js';

/** What stands between a job and its method. */
export const handlersSection: Section = { name: 'handlers', parts: [cost] };

import type { IconName } from '../ui/icon.js';

export interface ScreenEntry {
  readonly screen: string;
  readonly name: string;
  readonly icon: IconName;
  /** Pressed after `g`. */
  readonly key: string;
}

export const SCREENS: readonly ScreenEntry[] = [
  { screen: '', name: 'Overview', icon: 'overview', key: 'o' },
  { screen: 'queues', name: 'Queues', icon: 'queues', key: 'q' },
  { screen: 'jobs', name: 'Jobs', icon: 'jobs', key: 'j' },
  { screen: 'failures', name: 'Failures', icon: 'failures', key: 'f' },
  { screen: 'workflows', name: 'Groups and chains', icon: 'workflows', key: 'g' },
  { screen: 'schedules', name: 'Schedules', icon: 'schedules', key: 's' },
  { screen: 'workers', name: 'Workers', icon: 'workers', key: 'w' },
];

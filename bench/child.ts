import { sections } from './sections.js';

/** Makes one measurement, in a process that has done nothing else, and tells its parent. */
const [sectionName = '', measurementName = '', size, serverUrl = ''] = process.argv.slice(2);
const section = await sections.get(sectionName)?.();
const measurement = section?.parts
  .flatMap(({ measurements }) => measurements)
  .find(({ name }) => name === measurementName);
if (measurement === undefined)
  throw new Error(`there is no measurement '${measurementName}' in section '${sectionName}'`);

// As when it takes too long. Servers that it has started end with it.
process.once('SIGTERM', () => process.exit(1));
process.send?.(await measurement.measure({ quick: size === 'quick', serverUrl }));
process.disconnect();

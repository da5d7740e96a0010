// Sums up Vitest's JSON report: `count.js <report> <Vitest's exit code>`. Exits with 1 unless all is well.
import { readFileSync } from 'node:fs';

const [report, exitCode] = process.argv.slice(2);

/** Without a report the run broke down before any test. */
function readFiles() {
  try {
    return JSON.parse(readFileSync(report, 'utf8')).testResults;
  } catch (error) {
    console.log(`No report: ${error.message}`);
    return [];
  }
}

const files = readFiles();
const tests = files.flatMap((file) => file.assertionResults);
const having = (status) => tests.filter((test) => test.status === status).length;

const passed = having('passed');
const neitherNor = tests.length - passed - having('failed');
// A file that does not load, and a hook that throws, fail a file without failing a test of it.
const brokenFiles = files.filter(
  (file) =>
    file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
);
for (const { name, message } of brokenFiles) console.log(`BROKEN: ${name}\n${message}`);
if (neitherNor > 0) console.log(`${neitherNor} neither passed nor failed (skipped or not reached)`);

const seen = having('failed') + brokenFiles.length;
// An unhandled error, a type error or a threshold fails the run without failing a file.
const failed = seen === 0 && (exitCode !== '0' || passed === 0) ? 1 : seen;

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

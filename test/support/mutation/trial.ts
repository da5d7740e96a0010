import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { MUTATION_VARIABLE, type Mutation } from './mutation.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const VITEST = `${ROOT}node_modules/vitest/vitest.mjs`;

/** How a spec file fared on mutated sources. */
export interface Verdict {
  /** Names of the tests that failed, up to the first. */
  readonly failed: readonly string[];
  readonly passed: number;
  /** What kept the tests from running at all. */
  readonly trouble: readonly string[];
}

interface Report {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Runs one spec file, until its first failure, on sources with one mutation. */
export async function trial(mutation: Mutation, spec: string): Promise<Verdict> {
  const output = await vitest(
    ['run', '--project', 'unit', '--bail', '1', '--reporter', 'json', spec],
    {
      [MUTATION_VARIABLE]: JSON.stringify(mutation),
    },
  );
  const files = reportIn(output)?.testResults ?? [{ message: output, assertionResults: [] }];
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  return {
    failed: tests.flatMap(({ status, fullName }) => (status === 'failed' ? [fullName] : [])),
    passed: tests.filter(({ status }) => status === 'passed').length,
    trouble: files.flatMap(({ message }) => (message === '' ? [] : [message])),
  };
}

function vitest(args: readonly string[], variables: Record<string, string>): Promise<string> {
  const env = { ...outerEnvironment(), ...variables };
  return new Promise((resolve) => {
    execFile(process.execPath, [VITEST, ...args], { cwd: ROOT, env }, (_, stdout, stderr) => {
      resolve(`${stdout}\n${stderr}`);
    });
  });
}

/** A run of Vitest within one of Vitest must not take itself for a part of it. */
function outerEnvironment(): NodeJS.ProcessEnv {
  const own = /^(VITEST|TINYPOOL|NODE_V8_COVERAGE|TEST$|VITE_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

function reportIn(output: string): Report | undefined {
  const line = output.split('\n').find((text) => text.startsWith('{"numTotalTestSuites"'));
  const report: Report | undefined = line === undefined ? undefined : JSON.parse(line);
  return report;
}

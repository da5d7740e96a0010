#!/usr/bin/env node
import { setTimeout } from 'node:timers/promises';
import { packageVersion } from '../package-version.js';
import { runCli } from './run-cli.js';
import type { Terminal } from './terminal.js';

const { stdout, stderr, env } = process;

const terminal: Terminal = {
  write: (text) => void stdout.write(text),
  complain: (text) => void stderr.write(text),
  width: stdout.isTTY ? stdout.columns : undefined,
  // https://no-color.org: set and not empty.
  colours: stdout.isTTY && !env['NO_COLOR'],
  sleep: (ms) => setTimeout(ms),
  now: () => Date.now(),
};

// A reader that has had enough, `| head`, is no error.
stdout.on('error', () => process.exit());

process.exitCode = await runCli(process.argv.slice(2), {
  terminal,
  environment: env,
  version: packageVersion(),
});

import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { SeedReport } from '../seed/seed-report.js';

/** A file with a line for each seed that was played: a long run that is broken off goes on from there. */
export class SeedLog {
  constructor(private readonly file: string | undefined) {}

  read(): SeedReport[] {
    if (this.file === undefined || !existsSync(this.file)) return [];
    const lines = readFileSync(this.file, 'utf8').split('\n').slice(0, -1);
    // oxlint-disable-next-line no-unsafe-type-assertion -- written below
    return lines.map((line) => JSON.parse(line) as SeedReport);
  }

  write(report: SeedReport): void {
    if (this.file !== undefined) appendFileSync(this.file, `${JSON.stringify(report)}\n`);
  }
}

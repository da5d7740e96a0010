import type { SeedReport } from '../seed/seed-report.js';

/** What the seeds did and suffered in all, for those who read the last lines. */
export function totals(reports: readonly SeedReport[]): Record<string, number> {
  const sum = (of: (report: SeedReport) => number): number =>
    reports.reduce((all, report) => all + of(report), 0);
  const violations = (kind: string): number =>
    sum((report) => report.violations.filter((violation) => violation.kind === kind).length);
  return {
    runs: reports.length,
    jobs: sum(({ jobs }) => jobs),
    starts: sum(({ starts }) => starts),
    kills: sum(({ kills }) => kills),
    faults: sum(({ faults }) => faults),
    lost: violations('lost'),
    'duplicated outcomes': violations('doubled'),
    'otherwise wrong': violations('wrong'),
    're-executions': sum(({ reexecutions }) => reexecutions),
  };
}

/** As Markdown has it. */
export function table(rows: readonly Readonly<Record<string, string | number>>[]): string {
  const heads = Object.keys(rows[0] ?? {});
  const line = (cells: readonly unknown[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(heads),
    line(heads.map((head) => (typeof rows[0]?.[head] === 'number' ? '--:' : '---'))),
    ...rows.map((row) =>
      line(
        heads.map((head) => {
          const cell = row[head] ?? '';
          return typeof cell === 'number' ? cell.toLocaleString('en-US') : cell;
        }),
      ),
    ),
  ].join('\n');
}

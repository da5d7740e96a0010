import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import type { AxeResults } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';

/** Headless, and silent: without these it asks hosts of its maker at every start. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export const DEADLINE_MS = 10_000;

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: inject('chromium'), args: ARGUMENTS });
}

/** Somebody who looks at the dashboard: a browser of their own, and what it complained about. */
export class Visitor {
  /** Errors on the console, refusals of the content policy, and requests to other hosts. */
  readonly complaints: string[] = [];
  /** Complaints that the test brings about itself, whenever they come. */
  expected: RegExp | undefined;

  static async of(
    browser: Browser,
    mount: string,
    options: BrowserContextOptions = {},
  ): Promise<Visitor> {
    const context = await browser.newContext({
      viewport: { width: 1360, height: 900 },
      reducedMotion: 'reduce',
      ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(DEADLINE_MS);
    return new Visitor(page, mount);
  }

  private constructor(
    readonly page: Page,
    /** Address of the dashboard, with a slash at its end. */
    readonly mount: string,
  ) {
    const { host } = new URL(mount);
    const complain = (text: string): void => {
      if (!this.expected?.test(text)) this.complaints.push(text);
    };
    page.on('console', (message) => message.type() === 'error' && complain(message.text()));
    page.on('pageerror', (error) => complain(error.message));
    page.on('request', (request) => {
      if (new URL(request.url()).host !== host) complain(`asked ${request.url()}`);
    });
  }

  /** Opens a screen and waits for its data. */
  async open(path = ''): Promise<void> {
    await this.page.goto(`${this.mount}${path}`);
    await this.loaded();
  }

  async loaded(): Promise<void> {
    await this.page.locator('main h1').waitFor();
    await this.page.locator('.loading').waitFor({ state: 'detached' });
  }

  /** Waits until the stream of events has said its first word. */
  hears(): Promise<void> {
    return this.page.getByText('Live', { exact: true }).waitFor();
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name });
  }

  dialog() {
    return this.page.getByRole('dialog');
  }

  /** The row of a table that holds this text. */
  row(text: string) {
    return this.page.locator('tbody tr').filter({ hasText: text });
  }

  /** What axe finds wrong: its rule, and where. */
  async flaws(): Promise<string[]> {
    const source = await axeSource();
    // The content policy allows no script from elsewhere; the driver's own may run.
    await this.page.evaluate(source);
    const { violations } = await this.page.evaluate<AxeResults>('axe.run()');
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    );
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}

let axe: Promise<string> | undefined;

function axeSource(): Promise<string> {
  axe ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  return axe;
}

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const APT = '/etc/apt';

/** What apt reads its sources from: the text of one file, and how its name ends. */
export interface SourcesFile {
  readonly text: string;
  readonly ending: '.list' | '.sources';
}

/**
 * Sources for another suite of the distribution that this machine is, at the mirror that it uses.
 * Undefined when its own sources cannot be found.
 */
export async function sourcesFor(suite: string | undefined): Promise<SourcesFile | undefined> {
  const codename = /^VERSION_CODENAME=(\S+)$/m.exec(await textOf('/etc/os-release'))?.[1];
  if (codename === undefined) return undefined;
  for (const file of await machineSources()) {
    const own = pick(file, codename, suite ?? codename);
    if (own !== undefined) return { ...file, text: own };
  }
  return undefined;
}

async function machineSources(): Promise<SourcesFile[]> {
  const folder = join(APT, 'sources.list.d');
  const names = await readdir(folder).catch(() => []);
  const files = [join(APT, 'sources.list'), ...names.map((name) => join(folder, name))];
  const read = files.flatMap((file): Promise<SourcesFile>[] => {
    const ending = (['.list', '.sources'] as const).find((known) => file.endsWith(known));
    return ending ? [textOf(file).then((text) => ({ text, ending }))] : [];
  });
  return Promise.all(read);
}

/** The part of a file that names this machine's own suite, said of another one instead. */
export function pick(file: SourcesFile, codename: string, suite: string): string | undefined {
  if (file.ending === '.list') {
    const line = new RegExp(`^(deb\\s+(?:\\[[^\\]]*\\]\\s+)?\\S+\\s+)${codename}(\\s.*)$`, 'm');
    const found = line.exec(file.text);
    return found ? `${found[1]}${suite}${found[2]}\n` : undefined;
  }
  const suites = new RegExp(`^Suites:.*(?<=\\s)${codename}(?=\\s|$).*$`, 'm');
  const stanza = file.text.split(/\n\s*\n/).find((text) => suites.test(text));
  return stanza && `${stanza.replace(suites, `Suites: ${suite}`)}\n`;
}

const textOf = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');

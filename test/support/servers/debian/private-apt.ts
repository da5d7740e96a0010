import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.js';
import { sourcesFor } from './sources.js';

/** apt with folders of its own: it needs no root, and leaves the machine as it is. */
export class PrivateApt {
  private constructor(private readonly folder: string) {}

  /** `suite`: of the distribution that this machine is; undefined: the machine's own. */
  static async open(folder: string, suite: string | undefined): Promise<PrivateApt> {
    const sources = await sourcesFor(suite);
    if (sources === undefined) throw new Error('this machine has no apt sources to go by');
    for (const name of ['lists/partial', 'archives/partial', 'state'])
      await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, `sources${sources.ending}`), sources.text);
    // Nothing counts as installed: a package comes with all that it needs, be the machine what it may.
    await writeFile(join(folder, 'status'), '');
    await writeFile(join(folder, 'apt.conf'), settings(folder, sources.ending));
    const apt = new PrivateApt(folder);
    await apt.#apt('apt-get', 'update');
    return apt;
  }

  /** The version that there is, if any: `5:7.0.15-1~deb12u5` is given as `7.0.15-1~deb12u5`. */
  async versionOf(name: string): Promise<string | undefined> {
    const shown = await this.#apt('apt-cache', 'policy', name);
    return /^ {2}Candidate: (?:\d+:)?(\d\S*)$/m.exec(shown)?.[1];
  }

  /** Downloads a package with all that it depends on; gives the files. */
  async download(name: string): Promise<string[]> {
    await this.#apt('apt-get', 'install', '--download-only', '--no-install-recommends', '-y', name);
    const archives = join(this.folder, 'archives');
    const files = await readdir(archives);
    return files.filter((file) => file.endsWith('.deb')).map((file) => join(archives, file));
  }

  #apt(program: string, ...args: readonly string[]): Promise<string> {
    return run(program, ['-q', '-c', join(this.folder, 'apt.conf'), ...args]);
  }
}

/** Read after the machine's own settings, which may know a proxy. */
function settings(folder: string, ending: string): string {
  return `#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Post-Invoke;
Dir::Etc::sourcelist "${join(folder, `sources${ending}`)}";
Dir::Etc::sourceparts "-";
Dir::Etc::preferences "-";
Dir::Etc::preferencesparts "-";
Dir::State "${join(folder, 'state')}";
Dir::State::lists "${join(folder, 'lists')}";
Dir::State::status "${join(folder, 'status')}";
Dir::Cache "${folder}";
Dir::Cache::archives "${join(folder, 'archives')}";
Dir::Log "${folder}";
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::Retries "3";
Debug::NoLocking "1";
`;
}

import { beforeAll, describe, expect, it } from 'vitest';
import { codeBlocks } from '../support/docs/code-blocks.js';
import { PageChecker, pages, readPage } from '../support/docs/page-check.js';

/** The first look at all types takes seconds. */
const FIRST_LOOK_MS = 60_000;

let checker: PageChecker;

beforeAll(() => {
  checker = new PageChecker();
}, FIRST_LOOK_MS);

const fenced = (...blocks: string[]): string =>
  blocks.map((block) => `\`\`\`ts\n${block}\n\`\`\`\n`).join('\n');

describe('the code blocks of a page', () => {
  it('are found with their language, marks and line', () => {
    expect(codeBlocks('text\n\n```ts run\nconst a = 1;\n```\n\n  ```sh\n  ls\n  ```\n')).toEqual([
      { language: 'ts', marks: ['run'], code: 'const a = 1;\n', line: 3 },
      { language: 'sh', marks: [], code: 'ls\n', line: 7 },
    ]);
  });

  it('have to be closed', () => {
    expect(() => codeBlocks('```ts\nconst a = 1;\n')).toThrow('line 1 is not closed');
  });

  it(
    'may use the library, what is given, and the blocks before them',
    () => {
      const page = fenced(
        `const Add = defineTask<{ a: number; b: number }, number>('add');`,
        `const handle = await tasqueue.enqueue(Add, { a: 1, b: 2 });\nconst sum: number = await handle.result();`,
      );
      expect(checker.check('page.md', page)).toEqual([]);
    },
    FIRST_LOOK_MS,
  );

  it('are refused with page and line when they do not compile', () => {
    const page = fenced(`const a: string = 'a';`, `const fine = 1;\nconst b: number = a;`);
    expect(checker.check('page.md', page)).toEqual([
      `page.md:7: Type 'string' is not assignable to type 'number'.`,
    ]);
  });

  it('are refused when they use what nobody knows', () => {
    expect(checker.check('page.md', fenced('enqueueSomehow();'))).toEqual([
      `page.md:2: Cannot find name 'enqueueSomehow'.`,
    ]);
  });
});

describe('the documents', async () => {
  const read = await Promise.all(
    (await pages()).map(async (page) => ({ page, markdown: await readPage(page) })),
  );
  const withCode = read.filter(({ markdown }) =>
    codeBlocks(markdown).some(({ language }) => language === 'ts'),
  );

  it.each(withCode)('$page has only code that compiles', ({ page, markdown }) => {
    expect(checker.check(page, markdown)).toEqual([]);
  });
});

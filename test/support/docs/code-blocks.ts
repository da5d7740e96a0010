/** A fenced block of a Markdown page. */
export interface CodeBlock {
  /** The first word after the fence: `ts`. */
  readonly language: string;
  /** What follows it: `run`. */
  readonly marks: readonly string[];
  readonly code: string;
  /** Line of the fence in the page, the first is 1. */
  readonly line: number;
}

const FENCE = /^(?<indent> *)```(?<info>.*)$/;

/** All fenced blocks of a page, in order. Throws on one that is not closed. */
export function codeBlocks(markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const lines = markdown.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const open = FENCE.exec(lines[index] ?? '')?.groups;
    if (open === undefined) continue;
    const indent = open['indent'] ?? '';
    const end = lines.indexOf(`${indent}\`\`\``, index + 1);
    if (end === -1) throw new Error(`the code block of line ${index + 1} is not closed`);
    const [language = '', ...marks] = (open['info'] ?? '').trim().split(/\s+/);
    const code = lines.slice(index + 1, end).map((line) => line.slice(indent.length));
    blocks.push({ language, marks, code: `${code.join('\n')}\n`, line: index + 1 });
    index = end;
  }
  return blocks;
}

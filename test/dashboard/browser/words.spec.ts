import { describe, expect, it } from 'vitest';
import { complete, suggest } from '../../../dashboard/src/filter/completion.js';
import { quoted } from '../../../dashboard/src/filter/qualifiers.js';
import { duration, relative } from '../../../dashboard/src/format/times.js';
import { draftOf, readDraft } from '../../../dashboard/src/screens/job/draft.js';

const NAMES = { tasks: ['mail.confirm', 'mail.send', 'pay'], queues: ['tasqueue:tasks'] };

const suggested = (text: string, caret = text.length) =>
  suggest(text, caret, NAMES).map((one) => one.text);

describe('the completion of a filter', () => {
  it.each([
    ['ta', ['task:']],
    ['queue:mail pay', ['payload.']],
    ['task:mail', ['task:mail.confirm', 'task:mail.send']],
    ['task:', ['task:mail.confirm', 'task:mail.send', 'task:pay']],
    ['queue:', ['queue:"tasqueue:tasks"']],
    ['error:"a ta', []],
    ['task:pay ', expect.arrayContaining(['task:', 'id:'])],
  ])('of %j offers %j', (text, offered) => {
    expect(suggested(text)).toEqual(offered);
  });

  it('replaces the word at the cursor and nothing else', () => {
    const pay = suggest('task:p error:x', 6, NAMES).find(({ text }) => text === 'task:pay');
    expect(pay && complete('task:p error:x', 6, pay)).toEqual({
      text: 'task:pay error:x',
      caret: 9,
    });
  });

  it.each([
    ['plain', 'plain'],
    ['two words', '"two words"'],
    ['a:b', '"a:b"'],
    ['say "a\\b"', String.raw`"say \"a\\b\""`],
    ['star*', '"star*"'],
  ])('writes %j as %j', (value, written) => {
    expect(quoted(value)).toBe(written);
  });
});

describe('a duration', () => {
  it.each([
    [0, '0 ms'],
    [850, '850 ms'],
    [5_000, '5 s'],
    [3_240, '3.2 s'],
    [45_600, '46 s'],
    [250_000, '4 min 10 s'],
    [7_500_000, '2 h 5 min'],
    [273_600_000, '3 d 4 h'],
  ])('of %i ms is %j', (ms, words) => {
    expect(duration(ms)).toBe(words);
  });

  it('is said from now', () => {
    expect(relative(1_000, 1_500)).toBe('just now');
    expect(relative(0, 61_000)).toBe('1 min ago');
    expect(relative(7_200_000, 0)).toBe('in 2 h');
  });
});

describe('a new job', () => {
  const empty = draftOf(undefined);

  it('says all that is wrong with it at once', () => {
    const draft = { ...empty, payload: '{', headers: '["a"]', priority: '1.5', maxRetries: '-1' };
    expect(readDraft(draft)).toEqual({
      errors: {
        task: 'Which task?',
        payload: expect.stringMatching(/^Not JSON/),
        headers: 'An object of strings',
        priority: 'A whole number',
        maxRetries: 'A whole number, 0 or more',
      },
    });
  });

  it('leaves out what is left empty', () => {
    expect(readDraft({ ...empty, task: ' pay ', payload: '', delaySeconds: '2' })).toEqual({
      job: { task: 'pay', delayMs: 2_000 },
    });
  });
});

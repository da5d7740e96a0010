/** What `act` gives for each, in order; so many are under way at once. */
export async function fewAtOnce<Item, Answer>(
  items: readonly Item[],
  most: number,
  act: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let from = 0; from < items.length; from += most)
    answers.push(...(await Promise.all(items.slice(from, from + most).map(act))));
  return answers;
}

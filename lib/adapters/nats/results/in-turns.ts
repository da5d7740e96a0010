/** Calls it for all of them, `most` at a time; the replies are in their order. */
export async function inTurns<Item, Reply>(
  items: readonly Item[],
  most: number,
  call: (item: Item) => Promise<Reply>,
): Promise<Reply[]> {
  if (items.length <= most) return Promise.all(items.map(call));
  const replies: Reply[] = [];
  for (let from = 0; from < items.length; from += most)
    replies.push(...(await Promise.all(items.slice(from, from + most).map(call))));
  return replies;
}

/** Groups items in order so that each group has at most `maxBytes`; a larger item is a group of its own. */
export function groupBySize<Item>({
  items,
  sizeOf,
  maxBytes,
}: {
  items: readonly Item[];
  sizeOf: (item: Item) => number;
  maxBytes: number;
}): Item[][] {
  const groups: Item[][] = [];
  let leftBytes = 0;
  for (const item of items) {
    const size = sizeOf(item);
    const last = groups.at(-1);
    if (last === undefined || size > leftBytes) {
      groups.push([item]);
      leftBytes = maxBytes - size;
    } else {
      last.push(item);
      leftBytes -= size;
    }
  }
  return groups;
}

/** Knuth-Morris-Pratt over lines or characters, so that long, repetitive blocks stay linear. */
export function findSequence({ items, sequence }: { items: ArrayLike<string>; sequence: ArrayLike<string> }): number[] {
  if (sequence.length === 0) return [];
  const borders = [0];
  for (let index = 1, length = 0; index < sequence.length; index += 1) {
    while (length > 0 && sequence[index] !== sequence[length]) length = borders[length - 1] ?? 0;
    if (sequence[index] === sequence[length]) length += 1;
    borders.push(length);
  }
  const places: number[] = [];
  for (let index = 0, length = 0; index < items.length; index += 1) {
    while (length > 0 && items[index] !== sequence[length]) length = borders[length - 1] ?? 0;
    if (items[index] === sequence[length]) length += 1;
    if (length === sequence.length) {
      places.push(index - length + 1);
      length = borders[length - 1] ?? 0;
    }
  }
  return places;
}

export function step1(value: number): number {
  const part0 = value * 1 + 0;
  const part1 = value * 1 + 1;
  const part2 = value * 1 + 2;
  return part0;
}

export function step2(value: number): number {
  const part0 = value * 2 + 0;
  const part1 = value * 2 + 1;
  const part2 = value * 2 + 2;
  return part0;
}


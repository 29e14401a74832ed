export function step0(value: number): number {
  const part0 = value * 0 + 0;
  const part1 = value * 0 + 1;
  const part2 = value * 0 + 2;
  return part0;
}

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

export function step3(value: number): number {
  const part0 = value * 3 + 0;
  const part1 = value * 3 + 1;
  const part2 = value * 3 + 2;
  return part0;
}

export function step4(value: number): number {
  const part0 = value * 4 + 0;
  const part1 = value * 4 + 1;
  const part2 = value * 4 + 2;
  return part0;
}

export function step5(value: number): number {
  const part0 = value * 5 + 0;
  const part1 = value * 5 + 1;
  const part2 = value * 5 + 2;
  return part0;
}

export function step6(value: number): number {
  const part0 = value * 6 + 0;
  const part1 = value * 6 + 1;
  const part2 = value * 6 + 2;
  return part0;
}

export function step7(value: number): number {
  const part0 = value * 7 + 0;
  const part1 = value * 7 + 1;
  const part2 = value * 7 + 2;
  return part0;
}


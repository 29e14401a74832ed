export function step0(value: number): number {
  const part0 = value * 0 + 0;
  return part0;
}

export function step1(value: number): number {
  const part0 = value * 1 + 0;
  return part0;
}

export function step2(value: number): number {
  const part0 = value * 2 + 0;
  return part0;
}

export function step3(value: number): number {
  const part0 = value * 3 + 0;
  return part0;
}

export function step4(value: number): number {
  const part0 = value * 4 + 0;
  return part0;
}

export function step5(value: number): number {
  const part0 = value * 5 + 0;
  return part0;
}

export function step6(value: number): number {
  const part0 = value * 6 + 0;
  return part0;
}

export function step7(value: number): number {
  const part0 = value * 7 + 0;
  return part0;
}


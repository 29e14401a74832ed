export function add(a: number, b: number): number {
  return a + b;
}

export const sub = (a: number, b: number): number => a - b;

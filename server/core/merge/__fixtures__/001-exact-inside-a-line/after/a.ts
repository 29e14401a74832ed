export function add(a: number, b: number): number {
  return a + b + 0;
}

export function sub(a: number, b: number): number {
  return a - b;
}

export function add(a: number, b: number): number {
  return b + a;
}

export function sub(a: number, b: number): number {
  return b - a;
}

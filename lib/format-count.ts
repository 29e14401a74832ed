/**
 * "7", "1,234": a whole number from 0 in groups of three. Does not use `Intl`, whose first call takes 20 ms on a slow
 * machine.
 */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

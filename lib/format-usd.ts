/** "$0.50", "$12.00", "$0.125": an amount that a person set, with all its places. US dollars in. */
export function formatUsd(amount: number): string {
  return `$${amount.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 6 })}`;
}

/** "$0.50", "$12.00", "$0.125": an amount that the user set, with all its decimals. Takes US dollars. */
export function formatUsd(amount: number): string {
  return `$${amount.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 6 })}`;
}

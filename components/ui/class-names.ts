/** Joins class names, skipping absent ones. A later class does not override an earlier one, so pass only additions. */
export function cn(...classNames: (string | false | null | undefined)[]): string {
  return classNames.filter(Boolean).join(" ");
}

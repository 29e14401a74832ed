/** Joins class names, leaving out what is absent. A later class does not override an earlier one: pass only additions. */
export function cn(...classNames: (string | false | null | undefined)[]): string {
  return classNames.filter(Boolean).join(" ");
}

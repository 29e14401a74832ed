const maxNamed = 8;

/** `a, b and c`, or the first of many with the number of the others. */
export function listLabels(labels: readonly string[]): string {
  if (labels.length > maxNamed) return `${labels.slice(0, maxNamed).join(", ")} and ${labels.length - maxNamed} more`;
  return labels.length < 2 ? (labels[0] ?? "") : `${labels.slice(0, -1).join(", ")} and ${labels.at(-1)}`;
}

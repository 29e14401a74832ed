type TextFilter = { contains: string; mode: "insensitive" };

/**
 * One condition for each word of a query, all of which have to hold. In any case; what LIKE gives a meaning of its own
 * is escaped.
 */
export function matchWords<Condition>({
  query,
  toCondition,
}: {
  query: string;
  toCondition: (text: TextFilter) => Condition;
}): Condition[] {
  return query
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word) => toCondition({ contains: word.replace(/[\\%_]/g, String.raw`\$&`), mode: "insensitive" }));
}

type TextFilter = { contains: string; mode: "insensitive" };

/** One condition per word of a query; all must hold. Case-insensitive, with LIKE's wildcards escaped. */
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

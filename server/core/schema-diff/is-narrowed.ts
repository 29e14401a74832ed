type TypeShape = {
  /** Value families from widest to narrowest; null if the type's spelling is unknown. */
  family: "json" | "text" | "decimal" | "integer" | "boolean" | "date" | "uuid" | null;
  /** The capacity within its family: a length, or a rank by size. Null if unbounded. */
  size: number | null;
};

/** The first matching pattern decides. `uuid` precedes text, because not every text is a uuid. */
const families: readonly (readonly [Exclude<TypeShape["family"], null>, RegExp])[] = [
  ["json", /\bjsonb?\b|\bany\b|\bunknown\b|\bmixed\b|\bJsonField\b/i],
  ["uuid", /uuid|guid/i],
  ["date", /date|time(?!out)|instant/i],
  ["boolean", /bool/i],
  ["integer", /int(?!erval)|serial|\blong\b|\bshort\b/i],
  ["decimal", /float|double|decimal|numeric|\breal\b|number|money/i],
  ["text", /text|string|varchar|\bchar|\bstr\b|email|\burl\b|slug|clob/i],
];

/** Families that can represent all values of another: a number as text reads the same. */
const widerFamilies: Record<Exclude<TypeShape["family"], null>, readonly TypeShape["family"][]> = {
  json: [],
  text: ["json"],
  decimal: ["text", "json"],
  integer: ["decimal", "text", "json"],
  boolean: ["integer", "text", "json"],
  date: ["text", "json"],
  uuid: ["text", "json"],
};

/** True if some value of the old type does not fit the new one: another family, a shorter text, a smaller number. */
export function isNarrowed({ from, to }: { from: string; to: string }): boolean {
  const [old, next] = [readShape(from), readShape(to)];
  if (old.family === null || next.family === null) return false;
  if (old.family !== next.family) return !widerFamilies[old.family].includes(next.family);
  return next.size !== null && (old.size === null || next.size < old.size);
}

function readShape(type: string): TypeShape {
  const family = families.find(([, pattern]) => pattern.test(type))?.[0] ?? null;
  if (family === "integer") return { family, size: rankInteger(type) };
  if (family !== "text" && family !== "decimal") return { family, size: null };
  const length = /(?:\(|max(?:_length)?\s*[=(:]\s*|length\s*[=:]\s*)(\d+)/i.exec(type)?.[1];
  return { family, size: length === undefined ? null : Number(length) };
}

function rankInteger(type: string): number {
  if (/big|long|int64|\bint8\b/i.test(type)) return 3;
  return /small|short|tiny|int16|\bint2\b/i.test(type) ? 1 : 2;
}

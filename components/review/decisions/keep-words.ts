/** What keeping the base's side of a change is called. */
export type KeepWords = {
  /** The action, and its opposite. */
  keep: string;
  take: string;
  /** What became of the kept changes: `1 change kept old`. */
  kept: string;
  /** The heading of the kept changes. */
  heading: string;
  /** Below the kept lines of a change. */
  bar: string;
};

/** Against the parent, whose side is the old one. */
export const parentWords: KeepWords = {
  keep: "Keep old",
  take: "Take new",
  kept: "kept old",
  heading: "Kept old",
  bar: "Old lines kept. Struck-through lines will be dropped.",
};

/** Between two answers to one request: neither is older, so each has its number. */
export function nameCandidates({ base, head }: { base: number; head: number }): KeepWords {
  return {
    keep: `Take v${base}`,
    take: `Keep v${head}`,
    kept: `taken from v${base}`,
    heading: `Taken from v${base}`,
    bar: `Lines of v${base} taken. Struck-through lines will be dropped.`,
  };
}

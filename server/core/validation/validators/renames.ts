import { analyzeLosses } from "../loss/analyze-losses.ts";
import type { Validator } from "../validator.ts";

const maxNamed = 3;

/** Renamed declarations: one note for the whole change, so that a rename is not reported as losses. */
export const renames: Validator = {
  name: "renames",
  applies: ({ changedFiles }) => changedFiles.some(({ before }) => before !== null),
  validate: (input) => {
    const found = analyzeLosses(input).renames.toSorted((a, b) => b.paths.length - a.paths.length);
    const paths = [...new Set(found.flatMap((rename) => rename.paths))];
    const [path] = paths;
    if (path === undefined) return [];
    const named = found
      .slice(0, maxNamed)
      .map(({ from, to, paths: { length } }) => `${from} → ${to} in ${length} ${length === 1 ? "file" : "files"}`);
    const others = found.length - named.length;
    const message = `Renamed, nothing lost: ${named.join("; ")}${others > 0 ? `; and ${others} more` : ""}.`;
    return [{ validator: "renames", severity: "info", path, paths, message }];
  },
};

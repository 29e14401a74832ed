import { findElisionMarkers } from "../find-elision-markers.ts";
import { quoteLine } from "../quote-line.ts";
import type { Validator } from "../validator.ts";

/** Placeholders for omitted code among the lines that the candidate adds. */
export const elision: Validator = {
  name: "elision",
  applies: ({ changedFiles }) => changedFiles.length > 0,
  validate: ({ changedFiles }) =>
    changedFiles.flatMap(({ path, before, after }) =>
      findElisionMarkers({ path, before: before ?? "", after }).map(({ line }) => ({
        validator: "elision",
        severity: "error" as const,
        path,
        line,
        message: "Placeholder instead of code.",
        forModel: "This line stands for code that is not there. Write that code out.",
        excerpt: quoteLine({ text: after, line }),
      })),
    ),
};

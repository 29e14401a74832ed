import { findElisionMarkers } from "../find-elision-markers.ts";
import type { Validator } from "../validator.ts";

/** A line that stands for code that is not there, among those the candidate adds. */
export const elision: Validator = {
  name: "elision",
  validate: ({ changedFiles }) =>
    changedFiles.flatMap(({ path, before, after }) =>
      findElisionMarkers({ before: before ?? "", after }).map(({ line, text }) => ({
        validator: "elision",
        severity: "error" as const,
        path,
        line,
        message: "This line stands for code that is not there. Write the code.",
        excerpt: text,
      })),
    ),
};

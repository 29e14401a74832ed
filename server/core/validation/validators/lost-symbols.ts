import { findLostDeclarations } from "../find-lost-declarations.ts";
import type { Validator } from "../validator.ts";

const maxNamed = 8;

/** Symbols, routes, model fields, methods and dependencies that vanish from a modified file without being asked for. */
export const lostSymbols: Validator = {
  name: "lost-symbols",
  applies: ({ changedFiles }) => changedFiles.some(({ before }) => before !== null),
  validate: (input) =>
    input.changedFiles.flatMap((file) => {
      const labels = findLostDeclarations({ file, input }).map(({ label }) => label);
      if (labels.length === 0) return [];
      const named =
        labels.slice(0, maxNamed).join(", ") +
        (labels.length > maxNamed ? ` and ${labels.length - maxNamed} more` : "");
      return [
        {
          validator: "lost-symbols",
          severity: "weak" as const,
          path: file.path,
          message: `The parent's file has ${named}; the new one does not, and the request does not ask for that.`,
        },
      ];
    }),
};

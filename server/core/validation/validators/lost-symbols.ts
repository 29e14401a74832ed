import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { analyzeLosses, isUnusedPrivate, type LostDeclaration } from "../loss/analyze-losses.ts";
import { listLabels } from "../loss/list-labels.ts";
import type { Validator } from "../validator.ts";

/** An edit quotes what it takes out: it is missed where something still uses it, or others count on it by contract. */
function isMissed({ lost, isWrittenWhole }: { lost: LostDeclaration; isWrittenWhole: boolean }) {
  if (isUnusedPrivate(lost)) return false;
  const { declaration, use } = lost;
  if (use !== "never-used" || isWrittenWhole) return use !== "let-go";
  const { kind, isData } = declaration;
  return isData || kind === "route" || kind === "dependency";
}

/**
 * Symbols, routes, model fields, methods and dependencies that vanish from a changed file unasked. An edit quotes what
 * it takes out, so it is a weak sign; a file that is written whole forgets without a trace, so it is a strong one.
 * Where all that used the lost thing was changed too, or nothing could use it, it is only told.
 */
export const lostSymbols: Validator = {
  name: "lost-symbols",
  applies: ({ changedFiles }) => changedFiles.some(({ before }) => before !== null),
  validate: (input) => {
    const { lost } = analyzeLosses(input);
    return input.changedFiles.flatMap(({ path, cause }): ValidationIssue[] => {
      const found = (lost.get(path) ?? []).filter((each) => cause === "write" || !isUnusedPrivate(each));
      const missed = found.filter((lost) => isMissed({ lost, isWrittenWhole: cause === "write" }));
      const named = missed.length > 0 ? missed : found;
      if (named.length === 0) return [];
      const labels = listLabels(named.map(({ declaration }) => declaration.label));
      // With a column goes what is stored in it, however it was taken out.
      const isStrong = cause === "write" || missed.some(({ declaration }) => declaration.isStored);
      const severity = missed.length === 0 ? "warning" : isStrong ? "strong" : "weak";
      const message =
        named.length === 1
          ? `${labels} is gone, and you did not ask for it.`
          : `${labels} are gone, and you did not ask for that.`;
      return [{ validator: "lost-symbols", severity, path, message }];
    });
  },
};

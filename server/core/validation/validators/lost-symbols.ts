import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { analyzeLosses, isUnusedPrivate, type LostDeclaration } from "../loss/analyze-losses.ts";
import { listLabels } from "../loss/list-labels.ts";
import type { Validator } from "../validator.ts";

/** An edit quotes what it removes, so a loss counts only if something still uses it or it is a contract. */
function isMissed({ lost, isWrittenWhole }: { lost: LostDeclaration; isWrittenWhole: boolean }) {
  if (isUnusedPrivate(lost)) return false;
  const { declaration, use } = lost;
  if (use !== "never-used" || isWrittenWhole) return use !== "let-go";
  const { kind, isData } = declaration;
  return isData || kind === "route" || kind === "dependency";
}

/**
 * Symbols, routes, model fields, methods and dependencies that vanish from a changed file without a request. In an
 * edit, which quotes what it removes, this is a weak sign; in a whole write, which forgets without a trace, a strong
 * one. If everything that used the lost thing was changed too, or nothing could use it, it is only reported.
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
      // Removing a column removes its stored data, whatever operation did it.
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

import type { Declaration } from "../declarations/list-declarations.ts";
import type { FileSide, LostDeclaration } from "./analyze-losses.ts";
import { findReplacement } from "./find-replacement.ts";
import { listUsedNames } from "./list-used-names.ts";
import { isTestFile } from "./name-file.ts";

type Found = LostDeclaration & { side: FileSide };

/**
 * Releases declarations that were only used by released ones, tests of removed code, and declarations that were
 * replaced at their position. `gone` contains everything that left its file, including renames and moves.
 */
export function releaseWithUsers({
  found,
  gone,
  taken,
}: {
  found: readonly Found[];
  gone: readonly FileSide[];
  taken: ReadonlySet<Declaration>;
}): Found[] {
  const words = new Map<Declaration, ReadonlySet<string>>();
  const wordsOf = ({ side, declaration }: Found) => {
    const known = words.get(declaration) ?? listWords({ side, declaration });
    words.set(declaration, known);
    return known;
  };
  const goneNames = new Set(
    gone.flatMap((side) =>
      side.missing.flatMap((declaration) => (isTest({ side, declaration }) ? [] : [declaration.name])),
    ),
  );
  const used = new Set(taken);
  const takePlace = ({ declaration, side }: Found) => {
    const next = findReplacement({ declaration, side, taken: used });
    if (next !== null) used.add(next);
    return next !== null;
  };
  let current = found.map((each): Found => {
    if (each.use !== "never-used" || !mayGo(each)) return each;
    const isOfGone = isTest(each) && [...wordsOf(each)].some((word) => goneNames.has(word));
    return isOfGone || takePlace(each) ? { ...each, use: "let-go" } : each;
  });
  for (;;) {
    const next = current.map((each): Found => {
      if (each.use !== "never-used" || !mayGo(each)) return each;
      const users = current.filter(
        (other) => other.declaration !== each.declaration && wordsOf(other).has(each.declaration.name),
      );
      const isReleased = users.length > 0 && users.every(({ use }) => use === "let-go");
      return isReleased ? { ...each, use: "let-go" } : each;
    });
    if (next.every(({ use }, index) => use === current[index]?.use)) return next;
    current = next;
  }
}

function isTest({ side, declaration: { owner } }: Omit<Found, "use">): boolean {
  return isTestFile(side.path) || /(?:^|_)tests?$/.test(owner ?? "");
}

/** Data, routes and dependencies are contracts, whether or not anything in the project names them. */
function mayGo({ declaration: { kind, isData } }: Found): boolean {
  return (kind === "symbol" || kind === "member") && !isData;
}

function listWords({ side, declaration: { startLine, endLine } }: Omit<Found, "use">): ReadonlySet<string> {
  if (startLine < 0) return new Set();
  const body = (side.before ?? "").split("\n").slice(startLine, endLine + 1);
  return listUsedNames({ path: side.path, text: body.join("\n") });
}

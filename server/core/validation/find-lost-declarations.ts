import type { SourceParser } from "../syntax/source-parser.ts";
import { isPureInsertion } from "./is-pure-insertion.ts";
import { isRemovalAskedFor } from "./is-removal-asked-for.ts";
import { listDeclarations, type Declaration } from "./list-declarations.ts";
import type { ChangedFile, ValidationInput } from "./validator.ts";

/**
 * What a modified file declared in the parent and no changed file declares any more, unless the prompt asks for that.
 * The members of a class that is gone are not listed beside it, nor the function of a route.
 */
export function findLostDeclarations({ file, input }: { file: ChangedFile; input: ValidationInput }): Declaration[] {
  const { changedFiles, prompt, sourceParser } = input;
  if (file.before === null || isPureInsertion({ before: file.before, after: file.after })) return [];
  const declared = listDeclarations({ path: file.previousPath ?? file.path, text: file.before, sourceParser });
  if (declared.length === 0) return [];
  const keptHere = new Set(
    listDeclarations({ path: file.path, text: file.after, sourceParser }).flatMap(({ keys }) => keys),
  );
  const missing = declared.filter(({ keys }) => !keys.some((key) => keptHere.has(key)));
  if (missing.length === 0) return [];
  const kept = listKeptKeys({ changedFiles, sourceParser });
  const lost = missing.filter(({ keys }) => !keys.some((key) => kept.has(key)));
  const lostSymbols = new Set(lost.flatMap(({ kind, label }) => (kind === "symbol" ? [label] : [])));
  const keysOfRoutes = new Set(lost.flatMap(({ kind, keys }) => (kind === "route" ? keys : [])));
  const fileNames = [file.path, file.path.slice(file.path.lastIndexOf("/") + 1)];
  return lost.filter(({ kind, owner, keys, names }) => {
    if (owner !== undefined && lostSymbols.has(owner)) return false;
    if (kind === "symbol" && keys.some((key) => keysOfRoutes.has(key))) return false;
    return !isRemovalAskedFor({ prompt, names: [...names, ...fileNames] });
  });
}

const keptKeys = new WeakMap<readonly ChangedFile[], ReadonlySet<string>>();

/** What the changed files declare now, remembered while they live: else a change of n files would be read n times. */
function listKeptKeys({
  changedFiles,
  sourceParser,
}: {
  changedFiles: readonly ChangedFile[];
  sourceParser: SourceParser;
}): ReadonlySet<string> {
  const known = keptKeys.get(changedFiles);
  if (known !== undefined) return known;
  const keys = new Set(
    changedFiles.flatMap(({ path, after }) =>
      listDeclarations({ path, text: after, sourceParser }).flatMap((declaration) => declaration.keys),
    ),
  );
  keptKeys.set(changedFiles, keys);
  return keys;
}

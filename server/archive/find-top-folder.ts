import { commitId } from "./archive-comments.ts";

/** A branch, a release or a commit, which forges append to the repository name. */
const forgeSuffix = /-(main|master|develop|dev|trunk|head|v?\d+(\.\d+)+([-.+][\w.]+)?|[0-9a-f]{7,40})$/i;

/** Files at a project's root that are in none of its ordinary directories. */
const rootFile =
  /^(readme(\.\w+)?|licen[cs]e(\.\w+)?|copying|\.gitignore|\.gitattributes|\.editorconfig|makefile|cmakelists\.txt|dockerfile|(docker-)?compose\.ya?ml|package\.json|deno\.jsonc?|pyproject\.toml|setup\.(py|cfg)|requirements\.txt|manage\.py|cargo\.toml|go\.mod|pom\.xml|(build|settings)\.gradle(\.kts)?|composer\.json|gemfile|mix\.exs|pubspec\.yaml|package\.swift|[^/]+\.(sln|csproj|xcodeproj))$/i;

/** What to do with the top folder: `evident` strips it if it is the project's own folder. */
export type TopFolderChoice = "remove" | "keep" | "evident";

/**
 * The single directory that contains all of `paths`, with its slash; null if there is none, or if it is kept. A folder
 * that contains everything by chance, such as `app/` in a project with one module, is part of the project: stripping it
 * would change every path in the code and in prompts. So stripping needs evidence that it is the folder in which the
 * project was packed.
 */
export function findTopFolder({
  paths,
  comment,
  projectName,
  choice,
  hasDesktopEntries,
}: {
  /** Files and directories (with their slash) that are not skipped. */
  paths: readonly string[];
  comment: string;
  projectName: string | null;
  choice: TopFolderChoice;
  /** A desktop file manager packed it, which packs folders whole. */
  hasDesktopEntries: boolean;
}): string | null {
  const [first] = paths;
  const end = first?.indexOf("/") ?? -1;
  if (first === undefined || end <= 0 || choice === "keep") return null;
  const folder = first.slice(0, end + 1);
  if (!paths.every((path) => path.startsWith(folder))) return null;
  if (!paths.some((path) => !path.endsWith("/"))) return null;
  const name = folder.slice(0, -1);
  const isOwnFolder =
    choice === "remove" ||
    hasDesktopEntries ||
    commitId.test(comment) ||
    forgeSuffix.test(name) ||
    (projectName !== null && toWords(projectName) === toWords(name)) ||
    paths.some((path) => rootFile.test(path.slice(folder.length)));
  return isOwnFolder ? folder : null;
}

function toWords(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

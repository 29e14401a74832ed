import { commitId } from "./archive-comments.ts";

/** A branch, a release or a commit, as forges append it to the name of the repository. */
const forgeSuffix = /-(main|master|develop|dev|trunk|head|v?\d+(\.\d+)+([-.+][\w.]+)?|[0-9a-f]{7,40})$/i;

/** What lies at the root of a project and in none of its ordinary directories. */
const rootFile =
  /^(readme(\.\w+)?|licen[cs]e(\.\w+)?|copying|\.gitignore|\.gitattributes|\.editorconfig|makefile|cmakelists\.txt|dockerfile|(docker-)?compose\.ya?ml|package\.json|deno\.jsonc?|pyproject\.toml|setup\.(py|cfg)|requirements\.txt|manage\.py|cargo\.toml|go\.mod|pom\.xml|(build|settings)\.gradle(\.kts)?|composer\.json|gemfile|mix\.exs|pubspec\.yaml|package\.swift|[^/]+\.(sln|csproj|xcodeproj))$/i;

/** How the top folder is to be treated: `evident` takes it off where it is the project's own folder. */
export type TopFolderChoice = "remove" | "keep" | "evident";

/**
 * The one directory that holds all of `paths`, with its slash; null where there is none, or where it stays. A folder
 * that only happens to hold all, as `app/` in a project of one module does, is a part of the project: taking it off
 * would change every path that the code and the user name. So there has to be evidence that it is the folder that the
 * project was packed in.
 */
export function findTopFolder({
  paths,
  comment,
  projectName,
  choice,
  hasDesktopEntries,
}: {
  /** Files and directories (with their slash) that are not left out. */
  paths: readonly string[];
  comment: string;
  projectName: string | null;
  choice: TopFolderChoice;
  /** The file manager of a desktop packed it: it packs folders whole. */
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

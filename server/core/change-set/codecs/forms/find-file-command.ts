import { cleanPath, judgePathShape } from "../paths/path-shape.ts";
import type { ProjectPaths } from "../paths/project-paths.ts";

const hereDocument = /<<-?\s*["'\\]?\w+/;
const redirection = /(?:>{1,2}|\btee(?:\s+-a)?)\s*["']?([^\s"'<>|&;]+)/;
const fileCommand =
  /^\s*(?:\$\s+)?(?:sudo\s+)?(?:git\s+(?=rm|mv))?(rm|mv|sed|perl|truncate|remove-item|move-item|rename-item|del|ren)\s+(.+)$/i;
/** Programs that change only files named in their arguments. */
const inPlace = /(?:^|\s)-\w*i/;

/**
 * The file that the commands of a shell block would change: written from a here-document, removed, moved or edited in
 * place. Commands on files that the project does not have are setup and change nothing in it.
 */
export function findFileCommand({
  body,
  project,
}: {
  body: readonly string[];
  project: ProjectPaths;
}): { name: string; path: string } | null {
  for (const line of body) {
    if (hereDocument.test(line)) {
      const path = cleanPath(redirection.exec(line)?.[1] ?? "");
      if (judgePathShape({ path, project }) === "certain") return { name: "cat", path };
    }
    const target = cleanPath(redirection.exec(line)?.[1] ?? "");
    if (project.has(target)) return { name: "redirection", path: target };
    const [, name, words = ""] = fileCommand.exec(line) ?? [];
    if (name === undefined || (/^(?:sed|perl)$/.test(name) && !inPlace.test(words))) continue;
    const path = words
      .split(/\s+/)
      .map(cleanPath)
      .map((word) => word.replace(/\/+$/, ""))
      .find((word) => project.has(word) || project.hasDirectory(word));
    if (path !== undefined) return { name, path };
  }
  return null;
}

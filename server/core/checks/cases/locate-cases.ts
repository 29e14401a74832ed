import type { CaseResult } from "./case-result.ts";

/** The folder that a command goes to first; a tool tells paths as they are seen from there. */
const firstFolder = /^cd (?:'(?<quoted>[^']+)'|(?<plain>[^\s'"]+)) && /;

/** The cases with their paths as the version has them: of a project in a folder, tools leave that folder out. */
export function locateCases({
  cases,
  command,
  hasFile,
}: {
  cases: readonly CaseResult[];
  command: string;
  hasFile: (path: string) => boolean;
}): CaseResult[] {
  const groups = firstFolder.exec(command)?.groups;
  const folder = (groups?.["quoted"] ?? groups?.["plain"])?.replace(/\/+$/, "");
  return cases.map((one) => {
    if (folder === undefined || one.path === undefined || hasFile(one.path)) return one;
    const path = `${folder}/${one.path}`;
    return hasFile(path) ? { ...one, path } : one;
  });
}

import type { CaseResult } from "./case-result.ts";

/** The folder that a command changes to first; tools report paths relative to it. */
const firstFolder = /^cd (?:'(?<quoted>[^']+)'|(?<plain>[^\s'"]+)) && /;

/** The cases with the version's paths: for a project in a subfolder, tools omit that folder. */
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

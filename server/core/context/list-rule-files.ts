const ruleFile =
  /(?:^|\/)(?:AGENTS\.md|CLAUDE\.md)$|^\.cursor\/rules\/[^/]+\.mdc?$|^\.cursorrules$|^\.github\/copilot-instructions\.md$/;

/**
 * Files with a project's conventions for coding agents, those nearest to the shown files first. A rule file in a
 * directory without shown files does not apply.
 */
export function listRuleFiles({
  paths,
  shownPaths,
}: {
  paths: Iterable<string>;
  shownPaths: readonly string[];
}): string[] {
  const applies = (path: string) => {
    const directory = path.slice(0, path.lastIndexOf("/") + 1);
    return !isNested(path) || shownPaths.some((shown) => shown.startsWith(directory));
  };
  return [...paths]
    .filter((path) => ruleFile.test(path) && applies(path))
    .sort((a, b) => depthOf(b) - depthOf(a) || (a < b ? -1 : 1));
}

function isNested(path: string): boolean {
  return path.includes("/") && !path.startsWith(".cursor/") && !path.startsWith(".github/");
}

function depthOf(path: string): number {
  return isNested(path) ? path.split("/").length : 0;
}

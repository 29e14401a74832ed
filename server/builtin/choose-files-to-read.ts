import type { ListedFile } from "#server/orchestrator/tools/file-listing.ts";

/** Each file read costs a tool call and stays in the conversation. */
const maxFiles = 300;
/** Above the size of any hand-written source file; the tool refuses larger ones anyway. */
const maxFileBytes = 150_000;

const skippedFolders =
  /(?:^|\/)(?:node_modules|\.venv|venv|env|site-packages|__pycache__|\.next|dist|build|generated|vendor|\.git)\//;

/** The first matching group decides how early a path is read. */
const groups: readonly RegExp[] = [
  /\.prisma$|(?:^|\/)(?:models?|schemas?|routers?|routes?|api)(?:\/|\.py$|\.ts$)|(?:^|\/)main\.py$|(?:^|\/)versions\/[^/]+\.py$/,
  /(?:^|\/)tests?\/|\.test\.tsx?$|(?:^|\/)(?:lib|app|src)\//,
  /\.(?:py|ts|tsx)$/,
];

/** The source files that the rules read, most informative first if there are too many. */
export function chooseFilesToRead(listing: readonly ListedFile[]): string[] {
  const candidates = listing.filter(
    ({ path, sizeBytes }) =>
      /\.(?:py|prisma|ts|tsx)$/.test(path) && sizeBytes <= maxFileBytes && !skippedFolders.test(path),
  );
  const rank = (path: string): number => {
    const index = groups.findIndex((group) => group.test(path));
    return index === -1 ? groups.length : index;
  };
  return candidates
    .map(({ path }) => path)
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .slice(0, maxFiles);
}

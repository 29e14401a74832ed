import type { FilePath } from "#lib/contracts/ids.ts";
import { listManifests } from "#server/core/checks/read-manifests.ts";

/** The conventional places of an application in Python's web frameworks. */
const applicationFile = /^(?:[^/]+\/){0,3}(?:main|app|api|server|asgi|wsgi|application|__init__)\.py$/;

/** Files that show how a program is configured, and which tables it needs. */
const settingsFile = /^(?:[^/]+\/){0,2}\.env\.(?:example|sample|template)$|(?:^|\/)[^/]+\.prisma$/;

const maxFiles = 100;

/** The files that determine a preview's command, database and preparation. */
export function listPreviewTexts(paths: Iterable<FilePath>): FilePath[] {
  const all = [...paths].filter((path) => !/(^|\/)(node_modules|\.venv)\//.test(path));
  const named = all.filter((path) => settingsFile.test(path) || applicationFile.test(path));
  return [...new Set([...listManifests(all), ...named.slice(0, maxFiles)])];
}

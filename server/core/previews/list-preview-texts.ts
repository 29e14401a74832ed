import type { FilePath } from "#lib/contracts/ids.ts";
import { listManifests } from "#server/core/checks/read-manifests.ts";

/** Where Python's web frameworks have their application by custom. */
const applicationFile = /^(?:[^/]+\/){0,3}(?:main|app|api|server|asgi|wsgi|application|__init__)\.py$/;

/** What says how a program is configured, and which tables it wants. */
const settingsFile = /^(?:[^/]+\/){0,2}\.env\.(?:example|sample|template)$|(?:^|\/)[^/]+\.prisma$/;

const maxFiles = 100;

/** The files by whose words a preview's command, its database and its preparation are found. */
export function listPreviewTexts(paths: Iterable<FilePath>): FilePath[] {
  const all = [...paths].filter((path) => !/(^|\/)(node_modules|\.venv)\//.test(path));
  const named = all.filter((path) => settingsFile.test(path) || applicationFile.test(path));
  return [...new Set([...listManifests(all), ...named.slice(0, maxFiles)])];
}

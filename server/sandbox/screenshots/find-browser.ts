import { realpath } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { isOpenToOthers } from "#server/database/is-open-to-others.ts";
import type { ReadPath } from "../build-arguments.ts";
import { findProgram } from "../sandbox-machine.ts";
import { chooseSandboxUser } from "../sandbox-user.ts";

/** A browser as the sandbox sees it. */
export type Browser = { command: string; readPaths: readonly ReadPath[] };

/** `reason` says what is missing and what to do. */
export type BrowserState = { status: "found"; browser: Browser } | { status: "missing"; reason: string };

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const innerDirectory = "/opt/graft/browser";

/** The Chromium that `GRAFT_CHROMIUM` names, or the first one on the search path. */
export async function findBrowser({
  named,
  searchPath,
}: {
  /** `off` for none. */
  named: string | null;
  searchPath: string;
}): Promise<BrowserState> {
  if (named === "off") return missing("GRAFT_CHROMIUM is off.");
  const found = await findExecutable({ named, searchPath });
  if (found === null)
    return missing(
      named === null
        ? "There is no Chromium on this machine. Install one (Debian: apt-get install chromium), or name one in GRAFT_CHROMIUM."
        : `GRAFT_CHROMIUM names ${named}, which is not there.`,
    );
  const path = await realpath(found);
  // A snap is started by its service, which does not exist in a sandbox.
  if (path.includes("/snap"))
    return missing(`${found} is a snap, which does not run in a sandbox. Name another Chromium in GRAFT_CHROMIUM.`);
  if (path.startsWith("/usr/")) return { status: "found", browser: { command: path, readPaths: [] } };
  const directory = dirname(path);
  if (chooseSandboxUser() !== null && !(await isOpenToOthers(directory)))
    return missing(`The sandbox's user cannot read ${directory}. Name another Chromium in GRAFT_CHROMIUM.`);
  return {
    status: "found",
    browser: {
      command: `${innerDirectory}/${basename(path)}`,
      readPaths: [{ from: directory, to: innerDirectory }],
    },
  };
}

async function findExecutable({ named, searchPath }: { named: string | null; searchPath: string }) {
  if (named !== null) return findProgram({ name: basename(named), searchPath: dirname(named) });
  for (const name of names) {
    const path = await findProgram({ name, searchPath });
    if (path !== null) return path;
  }
  return null;
}

function missing(reason: string): BrowserState {
  return { status: "missing", reason };
}

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fail, say } from "./set-up.mjs";

const systemPaths = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The Chromium for browser tests: GRAFT_CHROMIUM, the system's, or one installed now. */
export function findChromium() {
  const given = process.env.GRAFT_CHROMIUM;
  if (given) return existsSync(given) ? given : fail(`GRAFT_CHROMIUM names ${given}, which is not there.`);
  return (
    findInstalled() ??
    installFromDebian("chromium", findInstalled) ??
    fail(
      "The browser tests need Chromium. Install it (Debian: apt-get install chromium), or set GRAFT_CHROMIUM to one, and run again.",
    )
  );
}

/** Screenshots of previews are made in one. Without it, the tests that need it are skipped by name. */
export function ensureChromium() {
  if (process.env.GRAFT_CHROMIUM || findInstalled() !== undefined) return;
  if (installFromDebian("chromium", findInstalled) === undefined)
    say("Tests of screenshots are skipped: Chromium is not installed (Debian: apt-get install chromium).");
}

/** Python compiles the built-in generator's output. */
export function ensurePython() {
  const find = () => (spawnSync("python3", ["--version"]).status === 0 ? "python3" : undefined);
  return (
    find() ??
    installFromDebian("python3", find) ??
    fail("The tests of generated Python need python3. Install it and run again.")
  );
}

/** Project checks run in a sandbox. Without one, the tests that need it are skipped by name. */
export function ensureSandbox() {
  const find = () => (spawnSync("bwrap", ["--version"]).status === 0 ? "bwrap" : undefined);
  if (process.platform !== "linux") say("Tests of the sandbox are skipped: it runs on Linux.");
  else if (find() === undefined && installFromDebian("bubblewrap", find) === undefined)
    say("Tests of the sandbox are skipped: bubblewrap is not installed (Debian: apt-get install bubblewrap).");
}

function findInstalled() {
  return systemPaths.find((path) => existsSync(path));
}

/** Root on Debian can install it; other users get instructions. */
function installFromDebian(name, find) {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  say(`Installing ${name}…`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update", "-qq"], { env, stdio: "inherit" });
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return find();
}

import { existsSync } from "node:fs";
import { join } from "node:path";
import { limits } from "#lib/contracts/limits.ts";
import { readImage } from "#server/core/attachments/read-image.ts";
import { quoteForShell } from "#server/core/checks/quote-for-shell.ts";
import { insidePaths } from "../build-arguments.ts";
import type { PreviewDoor } from "../preview-door.ts";
import { readRegularFile } from "../read-regular-file.ts";
import { checkLimits, type SandboxLimits } from "../sandbox-limits.ts";
import type { Sandbox } from "../sandbox.ts";
import { removeWorkFolder } from "../work-folder.ts";
import { openBrowserDoor } from "./browser-door.ts";
import type { Browser } from "./find-browser.ts";

type ScreenshotResult =
  | { status: "taken"; bytes: Uint8Array; width: number; height: number }
  | { status: "failed"; reason: string };

const pageWidthPx = 1_280;
const pageHeightPx = 800;
/** It is shown small. */
const scale = 0.5;
/** For the page's own timers, in the page's time. Its requests are waited for. */
const settleMs = 5_000;

const browserLimits: SandboxLimits = {
  ...checkLimits,
  // A development server compiles a page at its first request.
  timeoutMs: 120_000,
  memoryBytes: 1_024 * 1_048_576,
  diskBytes: 256 * 1_048_576,
  outputBytes: 4 * 1_048_576,
};

const fileName = "screenshot.png";
/** Of fonts, and of the script that starts Chromium on Debian. */
const systemSettings = ["/etc/fonts", "/etc/chromium.d"];

/**
 * Takes a small image of the page at a preview's address. The page is the project's code, so the browser runs in a
 * separate sandbox, from which it can only reach the preview.
 */
export async function takeScreenshot({
  sandbox,
  browser,
  take,
  url,
  signal,
}: {
  sandbox: Sandbox;
  browser: Browser;
  take: PreviewDoor["take"];
  /** The preview's address, as the user's browser has it. */
  url: URL;
  signal: AbortSignal;
}): Promise<ScreenshotResult> {
  const folder = await sandbox.makeFolder();
  const door = await openBrowserDoor({ machine: await sandbox.getMachine(), port: Number(url.port), take, signal });
  try {
    const end = await sandbox.run({
      command: door.wrap(toCommand({ browser, url })),
      folder,
      readPaths: [
        ...browser.readPaths,
        ...door.readPaths,
        ...systemSettings.filter((path) => existsSync(path)).map((path) => ({ from: path, to: path })),
      ],
      limits: browserLimits,
      signal,
    });
    const status = door.firstStatus();
    if (end.status !== "exited") return failed(`The browser ended: ${end.status}.`);
    // The browser's own error page is no page of the project, and an error may be gone at the next start.
    if (status === null || status >= 400) return failed(`The program answered ${status ?? "nothing"}.`);
    const path = join(folder.reports, fileName);
    const bytes = await readRegularFile({ path, maxBytes: limits.screenshotBytes });
    const facts = bytes === null ? null : readImage(bytes);
    if (bytes === null || facts?.mediaType !== "image/png" || facts.width > pageWidthPx || facts.height > pageHeightPx)
      return failed(`The browser, which exited with code ${end.exitCode}, left no image within the limits.`);
    return { status: "taken", bytes, width: facts.width, height: facts.height };
  } finally {
    await door.close();
    await removeWorkFolder(folder);
  }
}

function toCommand({ browser: { command }, url }: { browser: Browser; url: URL }): string {
  const options = [
    "--headless",
    // Chromium cannot make its own sandbox in this one.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    `--user-data-dir=${insidePaths.temporary}/browser`,
    `--window-size=${pageWidthPx},${pageHeightPx}`,
    `--force-device-scale-factor=${scale}`,
    `--virtual-time-budget=${settleMs}`,
    `--screenshot=${insidePaths.reports}/${fileName}`,
  ];
  return [command, ...options, url.href].map(quoteForShell).join(" ");
}

function failed(reason: string): ScreenshotResult {
  return { status: "failed", reason };
}

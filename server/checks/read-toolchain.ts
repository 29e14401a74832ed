import { checkLimits } from "#server/sandbox/sandbox-limits.ts";
import type { Sandbox } from "#server/sandbox/sandbox.ts";
import { removeWorkFolder } from "#server/sandbox/work-folder.ts";

/** The versions of the tools that most checks depend on: what passes with one may fail with another. */
export async function readToolchain(sandbox: Sandbox): Promise<string> {
  const folder = await sandbox.makeFolder();
  try {
    let output = "";
    await sandbox.run({
      command: "echo node $(node --version); echo npm $(npm --version 2>/dev/null); python3 --version",
      folder,
      limits: { ...checkLimits, timeoutMs: 20_000 },
      signal: new AbortController().signal,
      onOutput: (chunk) => (output += chunk.toString("utf8")),
    });
    const tools = output
      .split("\n")
      .map((line) => line.trim().replace(/^Python/, "python"))
      .filter((line) => /\d/.test(line) && line.length < 60);
    return [`${process.platform}-${process.arch}`, ...tools].join(", ");
  } finally {
    await removeWorkFolder(folder);
  }
}

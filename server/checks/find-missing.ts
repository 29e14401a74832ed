import type { SandboxEnd } from "#server/sandbox/sandbox-end.ts";

/** Why a command did not start: it, or the tool that it calls, does not exist. This says nothing about the version. */
export function findMissing({ end, log }: { end: SandboxEnd; log: string }): string | null {
  if (end.status === "refused") return end.reason;
  if (end.status === "killed")
    return "The sandbox was ended from outside: the machine may have run out of memory. Run the check again.";
  if (end.status !== "exited" || end.exitCode === 0) return null;
  const module = /No module named '?([\w.]+)'?\s*$/.exec(log)?.[1];
  if (module !== undefined && log.length < 500) return `The Python package ${module} is not installed here.`;
  const missingTool = /npx canceled due to missing packages.*?\["([^"]+)"/.exec(log)?.[1];
  if (missingTool !== undefined) return `${missingTool} is not among the project's packages.`;
  const notFound = /(?:^|\n)(?:\/bin\/)?sh: \d+: ([^\n:]+): not found/.exec(log)?.[1];
  if (end.exitCode === 127)
    return `${notFound ?? "The command"} is not installed where the sandbox looks for programs (/usr/local/bin, /usr/bin, /bin).`;
  return null;
}

import { readdir, readFile } from "node:fs/promises";

/** Running processes of the host by their command lines. */
export async function countProcesses(isCounted: (commandLine: string) => boolean): Promise<number> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(
    pids.map(async (pid) => {
      const [status, line] = await Promise.all([
        readFile(`/proc/${pid}/stat`, "latin1").catch(() => ""),
        readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => ""),
      ]);
      // A zombie waits for its parent to reap it.
      return /\) [ZX]/.test(status) ? "" : line.replaceAll("\0", " ").trim();
    }),
  );
  return commands.filter((line) => line !== "" && isCounted(line)).length;
}

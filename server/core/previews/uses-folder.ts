import { quoteForShell } from "#server/core/checks/quote-for-shell.ts";

/** Whether a command has to do with what a folder's manifests name. One that begins in a folder stays in those it names. */
export function usesFolder({ command, directory }: { command: string; directory: string }): boolean {
  if (/^serve-folder\b/.test(command)) return false;
  if (directory === "" || !/^\(?cd /.test(command)) return true;
  return command.includes(`cd ${quoteForShell(directory)}`);
}

import { quoteForShell } from "#server/core/checks/quote-for-shell.ts";

/**
 * Whether a command uses a folder's manifests. A command that starts in a folder only uses the folders that it names.
 */
export function usesFolder({ command, directory }: { command: string; directory: string }): boolean {
  if (/^serve-folder\b/.test(command)) return false;
  if (directory === "" || !/^\(?cd /.test(command)) return true;
  return command.includes(`cd ${quoteForShell(directory)}`);
}

import { execFileSync } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * A folder whose `git` fails one command with a given message and is the installed git for all others: for git errors
 * on inputs and disks that a test cannot have.
 */
export async function makeFailingGit({
  directory,
  command,
  words,
}: {
  directory: string;
  command: string;
  words: string;
}): Promise<string> {
  const folder = join(directory, "failing-git");
  await mkdir(folder, { recursive: true });
  const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
  const script = `#!/bin/sh\nfor each in "$@"; do\n  if [ "$each" = ${command} ]; then cat > /dev/null; echo '${words}' >&2; exit 128; fi\ndone\nexec '${real}' "$@"\n`;
  await writeFile(join(folder, "git"), script);
  await chmod(join(folder, "git"), 0o755);
  return folder;
}

import { spawnSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { stubPrismaClient } from "./prisma-client-stub.ts";
import { createTemporaryProject } from "./temporary-project.ts";

const repository = join(import.meta.dirname, "../../../..");

/**
 * The compiler's errors for the TypeScript files of all projects, in one run under their own `tsconfig.json` and with
 * the real packages' types; Prisma's client is a stub. Empty if there are none.
 */
export function typeCheckNextProjects(projects: readonly ReadonlyMap<string, string>[]): {
  fileCount: number;
  problems: string;
} {
  using temporary = createTemporaryProject();
  const sources = new Map([["tsconfig.json", projects[0]?.get("tsconfig.json") ?? ""]]);
  for (const [index, files] of projects.entries()) {
    for (const [path, text] of files)
      if (/\.tsx?$/.test(path)) sources.set(`${index}/${path}`, toImportsHere({ text, index }));
    sources.set(`${index}/lib/generated/prisma/client.ts`, stubPrismaClient(files.get("prisma/schema.prisma") ?? ""));
  }
  const fileCount = temporary.write(sources).length;
  symlinkSync(join(repository, "node_modules"), join(temporary.folder, "node_modules"));
  const compiler = join(repository, "node_modules/typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [compiler, "--noEmit", "-p", "tsconfig.json"], {
    cwd: temporary.folder,
    encoding: "utf8",
  });
  return { fileCount, problems: status === 0 ? "" : stdout };
}

/** The project's own alias, and this repository's name for the prisma package. */
function toImportsHere({ text, index }: { text: string; index: number }): string {
  return text.replaceAll('"@/', `"@/${index}/`).replaceAll('"prisma/config"', '"prisma-cli/config"');
}

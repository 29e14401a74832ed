import { spawnSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { stubPrismaClient } from "./prisma-client-stub.ts";
import { createTemporaryProject } from "./temporary-project.ts";

const repository = join(import.meta.dirname, "../../../..");

/**
 * What the compiler says to the TypeScript files of all projects, in one run under their own `tsconfig.json` and
 * against the types of the real packages; the client that Prisma would generate is a stub. Empty where all of them
 * fit.
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

/** The alias of its own folder, and the name that this repository installed the prisma command by. */
function toImportsHere({ text, index }: { text: string; index: number }): string {
  return text.replaceAll('"@/', `"@/${index}/`).replaceAll('"prisma/config"', '"prisma-cli/config"');
}

import { spawnSync } from "node:child_process";
import { createTemporaryProject } from "./temporary-project.ts";

export const hasPython = spawnSync("python3", ["--version"]).status === 0;

/** The output of `py_compile` for the Python files of all projects, in one process; empty if all compile. */
export function compilePython(projects: readonly ReadonlyMap<string, string>[]): {
  fileCount: number;
  problems: string;
} {
  using temporary = createTemporaryProject();
  const sources = projects.flatMap((files, index) =>
    [...files].flatMap(([path, text]) => (path.endsWith(".py") ? [[`${index}/${path}`, text] as const] : [])),
  );
  const paths = temporary.write(new Map(sources));
  const { status, stderr } = spawnSync("python3", ["-m", "py_compile", ...paths], { encoding: "utf8" });
  return { fileCount: paths.length, problems: status === 0 ? stderr : `${stderr}\nexit code ${status}` };
}

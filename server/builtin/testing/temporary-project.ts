import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A temporary folder outside the repository for generated projects, deleted on disposal. */
export function createTemporaryProject(): {
  folder: string;
  write: (files: ReadonlyMap<string, string>) => string[];
} & Disposable {
  const folder = mkdtempSync(join(tmpdir(), "scaffold-"));
  return {
    folder,
    write: (files) =>
      [...files].map(([path, text]) => {
        const target = join(folder, path);
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, text);
        return target;
      }),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

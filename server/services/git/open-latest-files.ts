import { mkdir, open, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ObjectId } from "#lib/contracts/ids.ts";
import type { OpenProgress, OpenRepositoryOutput } from "#lib/contracts/projects/repository.ts";
import { bytesOfFile } from "#server/archive/byte-source.ts";
import { usualChoices } from "#server/archive/import-choices.ts";
import type { Container } from "#server/container.ts";
import { importArchive } from "../versions/importing/import-archive.ts";

/** The repository's own attributes can exclude or change files of an archive; this disables them. */
const plainAttributes = "* -export-ignore -export-subst -text -eol -ident -filter -working-tree-encoding\n";

/** Imports the files of one commit as v1 of a project, like a zip of them. */
export async function openLatestFiles({
  container,
  ownerId,
  name,
  repository,
  commitId,
  signal,
  onProgress,
}: {
  container: Container;
  ownerId: string;
  name: string;
  repository: string;
  commitId: ObjectId;
  signal: AbortSignal;
  onProgress: (progress: OpenProgress) => void;
}): Promise<OpenRepositoryOutput> {
  onProgress({ step: "store", stored: 0, total: 1 });
  await mkdir(join(repository, "info"), { recursive: true });
  await writeFile(join(repository, "info/attributes"), plainAttributes);
  const path = join(repository, "latest.zip");
  await container.git.run({
    repository,
    args: ["archive", "--format=zip", "-0", `--output=${path}`, commitId],
    signal,
  });
  const handle = await open(path);
  try {
    await unlink(path);
    const archive = bytesOfFile({ handle, sizeBytes: (await handle.stat()).size });
    const { projectId, generationId, leftOut } = await importArchive({
      container,
      ownerId,
      name,
      archive,
      choices: { ...usualChoices, topFolder: "keep" },
      signal,
    });
    return {
      projectId,
      generationId,
      versionCount: 1,
      isKnown: false,
      leftOut: leftOut.map(({ path: name, message, reason }) => ({ name, reason: message ?? reason })),
      secretCount: 0,
    };
  } finally {
    await handle.close();
  }
}

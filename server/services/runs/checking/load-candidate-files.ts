import type { ContentHash, RunId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import type { FileContents, FileTree } from "#server/core/file-tree.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import { createEndedRuns } from "../working/ended-runs.ts";
import { hashCandidate } from "./hash-candidate.ts";

type CandidateFiles = { tree: FileTree; newContents: FileContents };

/** Several checks run on one candidate in sequence. */
const maxRemembered = 2;
const remembered = new WeakMap<Container, Map<string, Promise<CandidateFiles>>>();

/**
 * The files of the candidate of a waiting run. A candidate is not stored: it is recomputed from the model's answers,
 * and verified by its root tree hash.
 *
 * @throws AppError RUN_HOLDS_NOTHING if the run has another candidate by now
 */
export async function loadCandidateFiles({
  container,
  runId,
  rootTreeHash,
}: {
  container: Container;
  runId: RunId;
  rootTreeHash: ContentHash;
}): Promise<{ tree: FileTree; loadContents: (hashes: readonly ContentHash[]) => Promise<FileContents> }> {
  const { tree, newContents } = await remember({ container, runId, rootTreeHash });
  return {
    tree,
    async loadContents(hashes) {
      const stored = hashes.filter((hash) => !newContents.has(hash));
      const contents = new Map(await loadBlobs({ transaction: container.database.prisma, hashes: stored }));
      for (const hash of hashes) {
        const bytes = newContents.get(hash);
        if (bytes !== undefined) contents.set(hash, bytes);
      }
      return contents;
    },
  };
}

type Wanted = { container: Container; runId: RunId; rootTreeHash: ContentHash };

function remember(wanted: Wanted): Promise<CandidateFiles> {
  const known = remembered.get(wanted.container) ?? new Map<string, Promise<CandidateFiles>>();
  remembered.set(wanted.container, known);
  const key = `${wanted.runId} ${wanted.rootTreeHash}`;
  const files = known.get(key) ?? rebuild(wanted);
  known.set(key, files);
  files.catch(() => known.delete(key));
  const [oldest] = known.keys();
  if (known.size > maxRemembered && oldest !== undefined) known.delete(oldest);
  return files;
}

async function rebuild({ container, runId, rootTreeHash }: Wanted): Promise<CandidateFiles> {
  const candidate = await createEndedRuns(container).findCandidate(runId);
  if (candidate !== null) {
    const { request, merged } = candidate;
    if ((await hashCandidate({ container, request, merged })) === rootTreeHash) return merged;
  }
  throw new AppError({
    code: "RUN_HOLDS_NOTHING",
    message: "The run has other files by now, so this check of its earlier ones was not run. Nothing was changed.",
    details: { runId },
  });
}

import type { FileBlameOutput, FileHistoryOutput, FileRevision } from "#lib/contracts/comparisons/file-history.ts";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { blameLines } from "#server/core/diff/blame-lines.ts";
import { readEncodedText } from "#server/core/text-encoding.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import { listFileRevisions } from "#server/store/versions/file-history.ts";
import { runInThread } from "#server/threads/run-in-thread.ts";
import { ThreadTimeoutError, type ThreadPool } from "#server/threads/thread-pool.ts";
import { readGenerationFile } from "../versions/read-generation-file.ts";

/** A file with more changes is followed no further: older lines are one group. */
const maxRevisions = 200;

/** The total size of the texts that are compared one after the other. */
const maxBlameBytes = 32 * 1_048_576;

/** If all texts take longer, older ones are skipped. */
const timeoutMs = 10_000;

type FilePlace = { container: Container; ownerId: string; generationId: GenerationId; path: FilePath };

/** The versions that changed a file. @throws AppError GENERATION_NOT_FOUND, FILE_NOT_FOUND */
export async function readFileHistory(place: FilePlace): Promise<FileHistoryOutput> {
  await readGenerationFile(place);
  return listRevisions(place);
}

/**
 * The version that each line of a text file comes from. @throws AppError GENERATION_NOT_FOUND, FILE_NOT_FOUND,
 * INVALID_INPUT for a binary file
 */
export async function blameFile(place: FilePlace): Promise<FileBlameOutput> {
  const file = await readGenerationFile(place);
  const text = file.encoding === "utf8" ? file.content : file.decoded?.text;
  if (text === undefined)
    throw new AppError({
      code: "INVALID_INPUT",
      message: `${place.path} is binary, so it has no lines. Its history shows which versions changed it.`,
      details: { path: place.path },
    });
  const history = await listRevisions(place);
  const revisions = takeAffordable({ revisions: history.revisions, sizeBytes: file.sizeBytes });
  const contents = await loadBlobs({
    transaction: place.container.database.prisma,
    hashes: [...new Set(revisions.map(({ contentHash }) => contentHash))],
  });
  const texts = revisions
    .map(({ contentHash }) => readEncodedText(contents.get(contentHash) ?? new Uint8Array())?.text ?? "")
    .reverse();
  const { owners, textCount } = await findOwners({ threads: place.container.threads, texts });
  const reached = revisions.slice(0, textCount);
  return {
    revisions: reached,
    isComplete: history.isComplete && reached.length === history.revisions.length,
    text,
    ranges: toRanges(owners.map((owner) => textCount - 1 - owner)),
  };
}

/** The origin of each line among as many of the newest texts as time allows. `texts` are ordered from old to new. */
async function findOwners({
  threads,
  texts,
}: {
  threads: ThreadPool;
  texts: string[];
}): Promise<{ owners: number[]; textCount: number }> {
  const sizeBytes = texts.reduce((sum, { length }) => sum + length, 0);
  const blame = async (input: string[]) => ({
    owners: await runInThread({ threads, task: "blameLines", input, sizeBytes, inline: blameLines, timeoutMs }),
    textCount: input.length,
  });
  try {
    return await blame(texts);
  } catch (error) {
    if (!(error instanceof ThreadTimeoutError)) throw error;
    return blame(texts.slice(-2));
  }
}

async function listRevisions({ container, generationId, path }: FilePlace): Promise<FileHistoryOutput> {
  const revisions = await listFileRevisions({
    database: container.database,
    generationId,
    path,
    limit: maxRevisions + 1,
  });
  return { revisions: revisions.slice(0, maxRevisions), isComplete: revisions.length <= maxRevisions };
}

/** Assumes that older texts are about as large as the newest. */
function takeAffordable({ revisions, sizeBytes }: { revisions: FileRevision[]; sizeBytes: number }): FileRevision[] {
  return revisions.slice(0, Math.max(2, Math.floor(maxBlameBytes / Math.max(sizeBytes, 1))));
}

function toRanges(owners: readonly number[]): FileBlameOutput["ranges"] {
  const ranges: FileBlameOutput["ranges"] = [];
  for (const [index, revisionIndex] of owners.entries()) {
    const last = ranges.at(-1);
    if (last !== undefined && last.revisionIndex === revisionIndex) last.lineCount += 1;
    else ranges.push({ startLine: index + 1, lineCount: 1, revisionIndex });
  }
  return ranges;
}

import type { AttachmentOutput } from "#lib/contracts/runs/attachment.ts";
import type { RunId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import { loadBlobs } from "./contents/blobs.ts";
import type { Database, Transaction } from "./database.ts";
import { hashFromBytes, hashToBytes } from "./contents/hash-bytes.ts";
import type { Prisma } from "./prisma-client/client.ts";

export const attachmentsInOrder = { orderBy: { position: "asc" } } satisfies Prisma.Run$attachmentsArgs;

type AttachmentRow = Prisma.RunAttachmentGetPayload<object>;

/** Records the attachments of a run. Their contents are stored before. */
export async function insertRunAttachments({
  transaction,
  runId,
  attachments,
}: {
  transaction: Transaction;
  runId: RunId;
  attachments: readonly AttachmentOutput[];
}): Promise<void> {
  if (attachments.length === 0) return;
  await transaction.runAttachment.createMany({
    data: attachments.map(({ position, name, mediaType, sizeBytes, width, height, contentHash }) => ({
      runId,
      position,
      name,
      mediaType,
      sizeBytes,
      width,
      height,
      contentHash: hashToBytes(contentHash),
    })),
  });
}

export function toAttachment({
  position,
  name,
  mediaType,
  sizeBytes,
  width,
  height,
  contentHash,
}: AttachmentRow): AttachmentOutput {
  const kind = mediaType.startsWith("image/") ? "image" : "text";
  return { position, name, kind, mediaType, sizeBytes, width, height, contentHash: hashFromBytes(contentHash) };
}

/** One attachment with its bytes. @throws AppError FILE_NOT_FOUND, STORED_CONTENT_DAMAGED */
export async function readRunAttachment({
  database,
  ownerId,
  runId,
  position,
}: {
  database: Database;
  ownerId: string;
  runId: RunId;
  position: number;
}): Promise<{ attachment: AttachmentOutput; bytes: Uint8Array }> {
  const row = await database.prisma.runAttachment.findFirst({ where: { runId, position, run: { ownerId } } });
  const attachment = row === null ? null : toAttachment(row);
  const bytes =
    attachment === null
      ? undefined
      : (await loadBlobs({ transaction: database.prisma, hashes: [attachment.contentHash] })).get(
          attachment.contentHash,
        );
  if (attachment === null || bytes === undefined) {
    throw new AppError({
      code: "FILE_NOT_FOUND",
      message: "There is no such attachment, or it is not yours. The run's page shows what was sent with its prompt.",
      details: { runId, position },
    });
  }
  return { attachment, bytes };
}

import type { AttachmentInput, AttachmentOutput } from "#lib/contracts/runs/attachment.ts";
import type { ContentHash } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { AppError } from "#lib/errors.ts";
import { readAttachment } from "#server/core/attachments/read-attachment.ts";
import { hashContent } from "#server/core/content-hash.ts";
import type { ModelDescription } from "#server/orchestrator/ports.ts";

type AcceptedAttachments = {
  attachments: AttachmentOutput[];
  contents: ReadonlyMap<ContentHash, Uint8Array>;
};

/**
 * Checks the user's attachments by content, and whether every requested model accepts them. Stores nothing.
 *
 * @throws AppError INVALID_INPUT, INPUT_TOO_LARGE, MODEL_CANNOT_ANSWER
 */
export function acceptAttachments({
  attached,
  models,
}: {
  attached: readonly AttachmentInput[];
  models: readonly ModelDescription[];
}): AcceptedAttachments {
  const contents = new Map<ContentHash, Uint8Array>();
  let totalBytes = 0;
  const attachments = attached.map(({ name, content }, position): AttachmentOutput => {
    const bytes = new Uint8Array(Buffer.from(content, "base64"));
    totalBytes += bytes.length;
    const read = readAttachment({ name, bytes });
    if (read.status === "refused") throw refuse({ code: "INVALID_INPUT", reason: read.reason });
    const contentHash = hashContent(bytes);
    contents.set(contentHash, bytes);
    const { kind, mediaType, width, height } = read.facts;
    return { position, name, kind, mediaType, sizeBytes: bytes.length, width, height, contentHash };
  });
  if (totalBytes > limits.attachmentsBytes)
    throw refuse({
      code: "INPUT_TOO_LARGE",
      reason: `All attachments of a prompt have at most ${limits.attachmentsBytes / 1_048_576} MiB. Remove one.`,
    });
  for (const model of attachments.length === 0 ? [] : models) {
    if (model.provider === "builtin")
      throw refuse({
        code: "MODEL_CANNOT_ANSWER",
        reason: `${model.label} works by rules and reads no attachments. Choose another model, or remove them.`,
      });
    const image = attachments.find(({ kind }) => kind === "image");
    if (image !== undefined && !model.supportsImages)
      throw refuse({
        code: "MODEL_CANNOT_ANSWER",
        reason: `${model.label} is not known to take images. Choose another model, or remove ${image.name}.`,
      });
  }
  return { attachments, contents };
}

function refuse({
  code,
  reason,
}: {
  code: "INVALID_INPUT" | "INPUT_TOO_LARGE" | "MODEL_CANNOT_ANSWER";
  reason: string;
}): AppError {
  return new AppError({ code, message: `${reason} Nothing was started and your prompt is kept.` });
}

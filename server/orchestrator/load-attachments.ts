import type { AttachmentOutput } from "#lib/contracts/runs/attachment.ts";
import { countAttachmentTokens } from "#server/core/attachments/read-attachment.ts";
import type { GenerationStore, ModelImage } from "./ports.ts";

/** The user's attachments as the model receives them. `tokens` are an estimate. */
export type LoadedAttachment = { name: string; tokens: number } & (
  | { kind: "image"; image: ModelImage }
  | { kind: "text"; text: string }
);

/** @throws AppError STORED_CONTENT_DAMAGED */
export async function loadAttachments({
  attachments,
  generations,
}: {
  attachments: readonly AttachmentOutput[];
  generations: GenerationStore;
}): Promise<LoadedAttachment[]> {
  if (attachments.length === 0) return [];
  const contents = await generations.loadContents(attachments.map(({ contentHash }) => contentHash));
  return attachments.map(({ name, kind, mediaType, width, height, contentHash }): LoadedAttachment => {
    const bytes = contents.get(contentHash);
    if (bytes === undefined) throw new Error(`The content of the attachment ${name} was not loaded.`);
    if (kind === "text") {
      const text = new TextDecoder().decode(bytes);
      return { name, kind, text, tokens: countAttachmentTokens({ kind, text }) };
    }
    const size = { width: width ?? 0, height: height ?? 0 };
    return { name, kind, image: { name, mediaType, bytes }, tokens: countAttachmentTokens({ kind, ...size }) };
  });
}

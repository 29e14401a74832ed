import type { AttachmentInput, AttachmentSize } from "#lib/contracts/runs/attachment.ts";
import { limits } from "#lib/contracts/limits.ts";

/** An attachment before it is sent. The server detects its real type. */
export type LocalAttachment = AttachmentInput & {
  id: string;
  sizeBytes: number;
  /** As reported by the browser; empty if unknown. */
  mediaType: string;
  /** In pixels; null if it is not a picture that the browser can read. */
  picture: { width: number; height: number } | null;
};

/** The types shown as pictures. SVG is excluded: it is text and can contain scripts. */
const pictureTypes: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

export function isPicture({ mediaType }: Pick<LocalAttachment, "mediaType">): boolean {
  return pictureTypes.has(mediaType);
}

/** Why a file is refused, without reading it; null if it is accepted. */
export function findObstacle({
  list,
  file,
}: {
  list: readonly Pick<LocalAttachment, "sizeBytes">[];
  file: Pick<LocalAttachment, "name" | "sizeBytes" | "mediaType">;
}): string | null {
  const { name, sizeBytes } = file;
  if (list.length >= limits.attachments)
    return `${name} was not attached: a prompt has at most ${limits.attachments} attachments. Remove one first.`;
  if (isPicture(file) && sizeBytes > limits.imageAttachmentBytes)
    return `${name} was not attached: an image has at most ${limits.imageAttachmentBytes / 1_048_576} MiB.`;
  if (!isPicture(file) && sizeBytes > limits.textAttachmentBytes)
    return `${name} was not attached: a text has at most ${limits.textAttachmentBytes / 1_000} kB. Put longer material into a file of the project.`;
  const totalBytes = list.reduce((total, each) => total + each.sizeBytes, sizeBytes);
  if (totalBytes > limits.attachmentsBytes)
    return `${name} was not attached: all attachments have at most ${limits.attachmentsBytes / 1_048_576} MiB together.`;
  return null;
}

/** The share of the request that an attachment takes, before it is sent; null if it will not be accepted. */
export function toSize({
  name,
  sizeBytes,
  picture,
}: Pick<LocalAttachment, "name" | "sizeBytes" | "picture">): AttachmentSize | null {
  if (picture !== null)
    return Math.max(picture.width, picture.height) > limits.imagePixels ? null : { kind: "image", name, ...picture };
  return sizeBytes > limits.textAttachmentBytes ? null : { kind: "text", name, sizeBytes };
}

/** `12 kB`, `1.4 MB`. */
export function formatSize(sizeBytes: number): string {
  if (sizeBytes < 1_000) return `${sizeBytes} B`;
  return sizeBytes < 1_000_000 ? `${Math.round(sizeBytes / 1_000)} kB` : `${(sizeBytes / 1_000_000).toFixed(1)} MB`;
}

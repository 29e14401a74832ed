import { limits } from "#lib/contracts/limits.ts";
import { countTokens } from "../context/count-tokens.ts";
import { readImage, type ImageFacts } from "./read-image.ts";

type AttachmentFacts =
  | ({ kind: "image" } & ImageFacts)
  | { kind: "text"; mediaType: "text/plain"; width: null; height: null };

/** Detects what an attachment is by its content, ignoring its name, or says why it is refused. */
export function readAttachment({
  name,
  bytes,
}: {
  name: string;
  bytes: Uint8Array;
}): { status: "read"; facts: AttachmentFacts } | { status: "refused"; reason: string } {
  if (bytes.length === 0) return refused(`${name} is empty.`);
  const image = bytes.length < 12 ? null : readImage(bytes);
  if (image !== null) {
    const { width, height } = image;
    if (bytes.length > limits.imageAttachmentBytes)
      return refused(`${name} is larger than ${limits.imageAttachmentBytes / 1_048_576} MiB. Attach a smaller image.`);
    if (Math.max(width, height) > limits.imagePixels)
      return refused(
        `${name} is ${width} × ${height} pixels; models take at most ${limits.imagePixels} in one direction. Attach a smaller image.`,
      );
    return { status: "read", facts: { kind: "image", ...image } };
  }
  // This includes SVG, which models and users are shown as text.
  if (readText(bytes) === null)
    return refused(
      `${name} is neither text nor an image that models take (PNG, JPEG, GIF, WebP). Convert it, or put it into the project.`,
    );
  if (bytes.length > limits.textAttachmentBytes)
    return refused(
      `${name} is longer than ${limits.textAttachmentBytes / 1_000} kB of text. Attach the part that matters, or put it into the project.`,
    );
  return { status: "read", facts: { kind: "text", mediaType: "text/plain", width: null, height: null } };
}

/** The text of bytes; null if they are not text. */
function readText(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Providers scale an image down to this edge and count about 750 pixels per token. */
const countedEdge = 1_568;
const pixelsPerToken = 750;

/** An estimate, like the token count of a text. */
function countImageTokens({ width, height }: { width: number; height: number }): number {
  const scale = Math.min(1, countedEdge / Math.max(width, height));
  return Math.ceil((width * scale * (height * scale)) / pixelsPerToken);
}

export function countAttachmentTokens(
  attachment: { kind: "image"; width: number; height: number } | { kind: "text"; text: string },
): number {
  return attachment.kind === "image" ? countImageTokens(attachment) : countTokens(attachment.text);
}

function refused(reason: string): { status: "refused"; reason: string } {
  return { status: "refused", reason };
}

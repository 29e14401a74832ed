import { z } from "zod";
import type { ContentHash } from "../ids.ts";
import { limits } from "../limits.ts";
import { text } from "../text.ts";

const base64Characters = Math.ceil(limits.attachmentsBytes / 3) * 4;

const attachmentName = text
  .trim()
  .min(1, "An attachment needs a name.")
  .max(limits.attachmentNameCharacters, `A name has at most ${limits.attachmentNameCharacters} characters.`)
  .regex(/^[^\p{Cc}\p{Bidi_Control}]*$/u, "A name holds no control characters. Rename the file.");

/** An image or text file sent with a prompt. Its type is detected from its content. */
const attachmentInput = z.object({
  name: attachmentName,
  /** The bytes as base64. */
  content: text
    .max(base64Characters, {
      message: `All attachments of a prompt have at most ${limits.attachmentsBytes} bytes (10 MiB). Attach a smaller file.`,
    })
    .regex(/^[A-Za-z0-9+/]*={0,2}$/, "The content is not base64."),
});
export type AttachmentInput = z.infer<typeof attachmentInput>;

export const attachmentsInput = z
  .array(attachmentInput)
  .max(limits.attachments, `A prompt has at most ${limits.attachments} attachments. Remove some.`);

const pixels = z.number().int().min(1).max(limits.imagePixels);

/** The sizes of attachments without their contents, which determine their share of the request. */
export const attachmentSizesInput = z
  .array(
    z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("image"), name: attachmentName, width: pixels, height: pixels }),
      z.object({
        kind: z.literal("text"),
        name: attachmentName,
        sizeBytes: z.number().int().min(0).max(limits.textAttachmentBytes),
      }),
    ]),
  )
  .max(limits.attachments);
export type AttachmentSize = z.infer<typeof attachmentSizesInput>[number];

/** An attachment as stored with a run. `width` and `height` are set for images, in pixels. */
export type AttachmentOutput = {
  position: number;
  name: string;
  kind: "image" | "text";
  mediaType: string;
  sizeBytes: number;
  width: number | null;
  height: number | null;
  contentHash: ContentHash;
};

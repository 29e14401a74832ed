import type { FilePath } from "#lib/contracts/ids.ts";
import { encodeTextAs, type EncodedText } from "../../text-encoding.ts";
import type { Refusal } from "./refusals.ts";

export type WrittenBytes = { status: "written"; bytes: Uint8Array } | { status: "refused"; refusal: Refusal };

/** A text in its file's encoding; refused if the encoding lacks a character. */
export function encodeLike({ path, text, encoding }: EncodedText & { path: FilePath }): WrittenBytes {
  const encoded = encodeTextAs({ text, encoding });
  if (encoded.status === "encoded") return { status: "written", bytes: encoded.bytes };
  const message = `${path} is ${encoding} text, which has no ${JSON.stringify(encoded.character)}. It was not changed. Write the character in another way, or delete the file and write it anew as UTF-8.`;
  return { status: "refused", refusal: { code: "NOT_TEXT", message } };
}

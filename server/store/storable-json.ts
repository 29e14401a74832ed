import type { Prisma } from "./prisma-client/client.ts";

/**
 * `value` as PostgreSQL accepts it for jsonb: NUL and lone surrogates, which streamed text can contain, are replaced.
 */
export function toStorableJson(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(toStorableJsonText(value));
}

export function toStorableJsonText(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === "string" ? toStorableText(part) : part));
}

/** `text` as PostgreSQL accepts it. */
export function toStorableText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}

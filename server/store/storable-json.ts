import type { Prisma } from "./prisma-client/client.ts";

/** `value` as jsonb takes it: PostgreSQL refuses NUL and lone surrogates, which streamed text can hold. */
export function toStorableJson(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(toStorableJsonText(value));
}

export function toStorableJsonText(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "string" ? part.toWellFormed().replaceAll("\0", "\uFFFD") : part,
  );
}

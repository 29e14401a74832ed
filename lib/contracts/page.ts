import { z } from "zod";
import { limits } from "./limits.ts";
import { text } from "./text.ts";

export const pageInput = z.object({
  cursor: text.max(200).nullish(),
  limit: z.number().int().min(1).max(limits.pageSizeMax).optional(),
});

export type Page<Item> = { items: Item[]; nextCursor: string | null };

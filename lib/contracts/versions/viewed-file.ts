import { z } from "zod";
import { filePath, generationId, type FilePath, type GenerationId } from "../ids.ts";

/**
 * A file of a comparison that the user viewed with the same two contents; or with another new content, in which case
 * `seenIn` is a version that has that content.
 */
export type ViewedFile =
  | { path: FilePath; state: "viewed" }
  | { path: FilePath; state: "changed-since"; seenIn: GenerationId };

export const viewedListInput = z.object({ generationId, againstGenerationId: generationId });
export const viewedSetInput = viewedListInput.extend({ path: filePath, isViewed: z.boolean() });

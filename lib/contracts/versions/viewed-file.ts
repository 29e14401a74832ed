import { z } from "zod";
import { filePath, generationId, type FilePath, type GenerationId } from "../ids.ts";

/**
 * A file of a comparison that was viewed, with the same two contents; or one that was viewed with another content on
 * its new side, which `seenIn` has and neither version compared has.
 */
export type ViewedFile =
  | { path: FilePath; state: "viewed" }
  | { path: FilePath; state: "changed-since"; seenIn: GenerationId };

export const viewedListInput = z.object({ generationId, againstGenerationId: generationId });
export const viewedSetInput = viewedListInput.extend({ path: filePath, isViewed: z.boolean() });

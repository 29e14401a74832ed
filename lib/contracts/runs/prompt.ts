import { limits } from "../limits.ts";
import { text } from "../text.ts";

export const promptText = text
  .trim()
  .min(1, "Write what should be made or changed.")
  .refine((prompt) => new TextEncoder().encode(prompt).length <= limits.promptBytes, {
    message: `A prompt has at most ${limits.promptBytes} bytes (100 kB). Put longer material into a file of the project.`,
    params: { limit: "promptBytes" },
  });

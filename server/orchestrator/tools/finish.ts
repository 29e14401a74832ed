import { z } from "zod";
import { answer, defineLookingTool } from "./tool.ts";

export const finish = defineLookingTool({
  name: "finish",
  description: "Say that all changes are made. Call it last.",
  aliases: ["done", "complete", "attempt_completion", "task_complete"],
  argumentAliases: { message: "summary", result: "summary" },
  input: z.strictObject({ summary: z.string().describe("What was changed, in one to three sentences") }),
  execute({ input: { summary }, context }) {
    context.finish(summary);
    return answer("Noted.");
  },
});

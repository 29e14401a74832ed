import { z } from "zod";
import { answer, defineReadingTool } from "./tool.ts";

export const finish = defineReadingTool({
  name: "finish",
  description: "Say that all changes are made. Call it last.",
  aliases: ["done", "complete", "attempt_completion", "task_complete"],
  argumentAliases: { message: "summary", result: "summary" },
  input: z.strictObject({
    summary: z.string().describe("What was changed, in one to three sentences"),
    notDone: z
      .array(z.string().trim().min(1))
      .optional()
      .describe(
        "Parts of the request that you did not do, each in the user's own words. Leave it out if there are none",
      ),
  }),
  execute({ input: { summary, notDone = [] }, context }) {
    context.finish({ summary, notDone });
    return answer("Noted.");
  },
});

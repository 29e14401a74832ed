import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import { readConversation } from "./conversation.ts";
import { createProject } from "./create-project.ts";
import { iterateProject } from "./iterate-project.ts";
import { type ScaffoldAnswer, answerText } from "./scaffold-answer.ts";

/** Decides the generator's answer to a run's messages. Deterministic. */
export function decideAnswer({
  options,
  sourceParser,
}: {
  options: LanguageModelV4CallOptions;
  sourceParser: SourceParser;
}): ScaffoldAnswer {
  const hasTools = options.tools?.some(({ name }) => name === "write_file") ?? false;
  if (!hasTools)
    return answerText("The built-in generator only works with tools that write files, and this request offers none.");
  const conversation = readConversation(options.prompt);
  if (conversation.problems.length > 0) return answerText(explainProblems(conversation.problems));
  if (conversation.hasProposed) return answerText("All changes are made.");
  return conversation.task.kind === "create"
    ? createProject(conversation.task)
    : iterateProject({ conversation, sourceParser });
}

/** Rules that made a wrong change would make it again, so nothing is retried. */
function explainProblems(problems: string[]): string {
  const shown = problems.slice(0, 3).map((problem) => `- ${problem.split("\n").slice(0, 6).join("\n  ")}`);
  return `The built-in generator works by rules and cannot mend its own change, so it stopped. What was reported:\n${shown.join("\n")}`;
}

import { compileGlobs } from "#server/core/glob/compile-globs.ts";
import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import { chooseFilesToRead } from "./choose-files-to-read.ts";
import type { Conversation } from "./conversation.ts";
import { ProjectDraft, UnreadFileError, type DraftOperation } from "./edits/project-draft.ts";
import type { ProjectEditor } from "./project-editor.ts";
import { describeNotUnderstood } from "./describe-understanding.ts";
import type { RequestIntent } from "./request-intent.ts";
import { type RuleOutcome, refuse } from "./rule-outcome.ts";
import { type ScaffoldAnswer, type ScaffoldToolCall, answerText, finish } from "./scaffold-answer.ts";
import { openFastapiEditor } from "./stacks/fastapi-postgres/fastapi-editor.ts";
import { openNextjsEditor } from "./stacks/nextjs-prisma/nextjs-editor.ts";
import { understandRequest } from "./understand/understand-request.ts";

const examples = [
  "Add a priority field to tasks",
  "Add optional notes text and a due date to projects",
  "Add comments with a body and an author that belong to a task",
  "Add missing schema file",
  "Add tests for tasks",
  "Rename title to name in tasks",
  "Remove the status field from tasks",
  "Add pagination to tasks and a filter by status",
];

/** The next step of a change: list the files, read the relevant ones, then make all changes in one turn. */
export function iterateProject({
  conversation,
  sourceParser,
}: {
  conversation: Conversation;
  sourceParser: SourceParser;
}): ScaffoldAnswer {
  const { listing, texts, unreadable, task } = conversation;
  if (listing === null) return { text: "", toolCalls: [{ name: "list_files", input: {} }] };
  const missing = chooseFilesToRead(listing).filter((path) => !texts.has(path) && !unreadable.has(path));
  if (missing.length > 0)
    return { text: "", toolCalls: missing.map((path) => ({ name: "read_file", input: { path } })) };
  const draft = new ProjectDraft({ paths: listing.map(({ path }) => path), texts });
  const editors = [openFastapiEditor, openNextjsEditor].flatMap((open) => open({ draft, parser: sourceParser }) ?? []);
  const [first] = editors;
  if (first === undefined) {
    return answerText(
      "The built-in generator only changes projects with SQLAlchemy models or a Prisma schema, and found neither here. Choose another model for this project.",
    );
  }
  const readings = editors.map((editor) => ({
    editor,
    request: understandRequest({ prompt: task.prompt, entities: editor.entities }),
  }));
  // A repository may contain both stacks: the one with the entities of the request is meant.
  const { editor, request } = readings.reduce((best, reading) =>
    reading.request.notUnderstood.length < best.request.notUnderstood.length ? reading : best,
  );
  if (request.wishes.length === 0) return answerText(explainUnclear({ clauses: request.notUnderstood, editor }));
  const summaries: string[] = [];
  const refusals: { words: string; reason: string }[] = [];
  for (const { words, intents } of request.wishes) {
    for (const intent of intents) {
      const outcome = runIntent({ editor, intent });
      if (outcome.status === "refused") refusals.push({ words, reason: outcome.reason });
      else summaries.push(outcome.summary);
    }
  }
  if (summaries.length === 0) return answerText(refusals.map(({ reason }) => reason).join(" "));
  return proposeChanges({
    operations: draft.operations,
    summary: [...new Set(summaries)].join(" "),
    scope: task.scope,
    notDone: [...refusals.map(({ words, reason }) => `${words} (${reason})`), ...request.notUnderstood],
  });
}

function runIntent({ editor, intent }: { editor: ProjectEditor; intent: RequestIntent }): RuleOutcome {
  try {
    return editor.run(intent);
  } catch (error) {
    if (error instanceof UnreadFileError) return refuse(error.message);
    throw error;
  }
}

function explainUnclear({ clauses, editor }: { clauses: string[]; editor: ProjectEditor }): string {
  const entities =
    editor.entities.length === 0
      ? ""
      : ` It found these entities: ${editor.entities.map(({ name }) => name).join(", ")}.`;
  const quoted = clauses
    .slice(0, 3)
    .map((clause) => `"${clause.length > 200 ? `${clause.slice(0, 200)}…` : clause}"`)
    .join(" and ");
  return `The built-in generator works by rules and did not understand ${quoted}.${entities} It does requests like these:\n${examples.map((example) => `- ${example}`).join("\n")}\nFor anything else, choose another model.`;
}

/** Changes outside the run's scope are skipped and named: the scope may deliberately cover only some layers. */
function proposeChanges({
  operations,
  summary,
  scope,
  notDone,
}: {
  operations: DraftOperation[];
  summary: string;
  scope: string[] | null;
  notDone: readonly string[];
}): ScaffoldAnswer {
  const isInScope = scope === null ? () => true : compileGlobs(scope);
  const inScope = operations.filter(({ path }) => isInScope(path));
  const left = operations.filter(({ path }) => !isInScope(path)).map(({ path }) => path);
  if (inScope.length === 0) {
    return answerText(
      left.length === 0
        ? `${summary} Nothing was left to change.`
        : `The request needs changes in ${left.join(", ")}, all outside the scope of this run.`,
    );
  }
  const scopeNote = left.length === 0 ? "" : ` Left out because of the scope: ${left.join(", ")}.`;
  const readback = `${describeNotUnderstood(notDone)}${summary}${scopeNote}`;
  return { text: readback, toolCalls: [...inScope.map(toToolCall), finish({ summary: readback, notDone })] };
}

function toToolCall(operation: DraftOperation): ScaffoldToolCall {
  switch (operation.type) {
    case "write":
      return { name: "write_file", input: { path: operation.path, content: operation.content } };
    case "edit":
      return { name: "edit_file", input: { path: operation.path, edits: operation.edits } };
    case "delete":
      return { name: "delete_file", input: { path: operation.path } };
  }
}

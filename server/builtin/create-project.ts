import type { CodeSchema } from "#lib/contracts/versions/code-schema.ts";
import { extractSchemaFromPrompt } from "#server/core/schema-extraction/extract-from-prompt.ts";
import { understandPrompt } from "#server/core/schema-extraction/understand-prompt.ts";
import { chooseStack } from "./choose-stack.ts";
import type { ScaffoldTask } from "./conversation.ts";
import { describeUnderstanding } from "./describe-understanding.ts";
import { findKnownProject } from "./known-projects.ts";
import { planProject } from "./project-plan.ts";
import { readProjectTitle } from "./project-title.ts";
import { type ScaffoldAnswer, answerText, finish } from "./scaffold-answer.ts";
import { createFastapiProject } from "./stacks/fastapi-postgres/create-fastapi-project.ts";
import { createNextjsProject } from "./stacks/nextjs-prisma/create-nextjs-project.ts";

const examples = [
  "A task tracker: projects have a title and a description; tasks have a title, a due date and a status, and belong to a project.",
  "An inventory with products (name, unique sku, price: decimal, in_stock: boolean) and orders with a quantity that belong to a product.",
  "A blog where authors have many posts; posts have a title, a body and a status (draft, published); posts have many tags.",
  "Customers have a name and a unique email. Invoices have a number, an amount and a due date and belong to a customer.",
  "A library with books (title, isbn, published date) and loans with a due date that belong to a book.",
  "A blog, a shop, a task tracker, a CRM, an inventory or a booking system: these words alone give the usual entities.",
];

/** The quoted start of the prompt. */
const maxQuoted = 200;

/** All files of a new project in one turn, or a text that says what the request lacks. */
export function createProject(task: ScaffoldTask): ScaffoldAnswer {
  const stack = chooseStack(task);
  if (stack.status === "unsupported") {
    return answerText(
      `The built-in generator has templates for FastAPI with PostgreSQL and for Next.js with Prisma, and none for ${stack.name}. Nothing was generated. Ask for one of the two, or choose another model.`,
    );
  }
  const read = readEntities(task);
  if (read === null) return answerText(explainNothingUnderstood(task.prompt));
  const plan = planProject({
    codeSchema: read.codeSchema,
    title: readProjectTitle({ prompt: task.prompt, firstEntity: read.codeSchema.entities[0]?.name ?? "Project" }),
  });
  const files = stack.name === "fastapi_postgres" ? createFastapiProject(plan) : createNextjsProject(plan);
  const label = stack.name === "fastapi_postgres" ? "FastAPI and PostgreSQL" : "Next.js and Prisma";
  const origin =
    read.knownProject === null
      ? ""
      : `The request named no entities, so the usual ones of ${read.knownProject} were taken. `;
  const readback = `${describeUnderstanding({ schema: read.codeSchema, notUnderstood: read.notUnderstood })}${origin}`;
  const written = `${plan.title} with ${label}: ${files.length} files`;
  return {
    text: `${readback}Writing ${written}.`,
    toolCalls: [
      ...files.map(({ path, text }) => ({ name: "write_file", input: { path, content: text } })),
      finish({
        summary: `${readback}Created ${written}. Made by rules from the request, without a language model.`,
        notDone: read.notUnderstood,
      }),
    ],
  };
}

function explainNothingUnderstood(prompt: string): string {
  const [quoted = ""] = prompt.trim().split("\n");
  const words = quoted.length > maxQuoted ? `${quoted.slice(0, maxQuoted)}…` : quoted;
  return `The built-in generator works by rules and found no entities in "${words}", so nothing was generated. Name what the application stores, and the fields of each, or choose another model. For example:\n${examples.map((example) => `- ${example}`).join("\n")}`;
}

function readEntities({
  prompt,
  domain,
}: ScaffoldTask): { codeSchema: CodeSchema; knownProject: string | null; notUnderstood: string[] } | null {
  const { schema, notUnderstood } = understandPrompt(prompt);
  if (schema.entities.length > 0) return { codeSchema: schema, knownProject: null, notUnderstood };
  // Unrecognised words may be the data itself, so default entities are only used for the bare name of an application.
  if (notUnderstood.length > 0) return null;
  const known = findKnownProject(`${prompt}\n${domain ?? ""}`);
  if (known === null) return null;
  const codeSchema = extractSchemaFromPrompt(known.description);
  return codeSchema.entities.length === 0 ? null : { codeSchema, knownProject: known.name, notUnderstood };
}

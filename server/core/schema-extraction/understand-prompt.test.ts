import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { examplePrompts } from "../../../components/composer/example-prompts.ts";
import { renderPromptSchema } from "./testing/render-prompt-schema.ts";
import { understandPrompt } from "./understand-prompt.ts";

const folder = join(import.meta.dirname, "prompt", "__prompts__");

/** Realistic prompts, each with the intended schema; after `?` the words that no schema contains. */
const cases = readdirSync(folder)
  .toSorted()
  .flatMap((name) => readFileSync(join(folder, name), "utf8").trimEnd().split("\n===\n"))
  .map((text): { prompt: string; schema: string; gaps: string[] } => {
    const at = text.lastIndexOf("\n---\n");
    const lines = text.slice(at + "\n---\n".length).split("\n");
    return {
      prompt: text.slice(0, at),
      schema: lines.filter((line) => !line.startsWith("? ")).join("\n"),
      gaps: lines.flatMap((line) => (line.startsWith("? ") ? [line.slice(2)] : [])),
    };
  });

describe("prompts of users", () => {
  test.each(cases)("$prompt", ({ prompt, schema, gaps }) => {
    const understood = understandPrompt(prompt);
    expect(renderPromptSchema(understood.schema)).toBe(schema);
    const unnamed = gaps.filter((gap) => !understood.notUnderstood.some((part) => part.includes(gap)));
    const unasked = understood.notUnderstood.filter((part) => !gaps.some((gap) => part.includes(gap)));
    expect({ unnamed, unasked }).toEqual({ unnamed: [], unasked: [] });
  });
});

test.each(
  Object.entries({
    "A task tracker":
      "Project: name, description:text\nTask: project_id->Project, title, due_date:date, status(todo|doing|done)",
    "A library":
      "Author: name\nBook: title, isbn!, publication_year:integer, author_id->Author\nLoan: member_id->Member, book_id->Book, due_date:date\nMember: name, email:email!",
    "A recipe book":
      "Recipe: title, instructions:text, preparation_time_in_minutes:integer\nIngredient: name, quantity:integer, recipe_id->Recipe",
  }),
)("the example on screen is understood completely: %s", (opening, schema) => {
  const prompt = examplePrompts.find((each) => each.startsWith(opening)) ?? "";
  const understood = understandPrompt(prompt);
  expect(renderPromptSchema(understood.schema)).toBe(schema);
  expect(understood.notUnderstood).toEqual([]);
  expect(examplePrompts).toHaveLength(3);
});

test("a request for behaviour is reported in the user's words wherever it is, and changes no entity", () => {
  const data = [
    "Projects have a name and a budget.",
    "Tasks have a title, a due date and a status (todo, done) and belong to a project.",
    "Members borrow books as loans with a due date.",
    "Books have a title.",
  ];
  const wishes = [
    "Send an email to the owner.",
    "It should look like a newspaper.",
    "Users must be able to log in with Google.",
    "Deploy it to the moon.",
    "Zap the frobnicator gently.",
    "Never show old entries.",
    "Is MongoDB faster?",
  ];
  const expected = renderPromptSchema(understandPrompt(data.join(" ")).schema);
  fc.assert(
    fc.property(
      fc.constantFrom(...wishes),
      fc.integer({ min: 0, max: data.length }),
      fc.constantFrom(" ", "\n", "\n\n- "),
      (wish, at, glue) => {
        const { schema, notUnderstood } = understandPrompt([...data.slice(0, at), wish, ...data.slice(at)].join(glue));
        expect(notUnderstood).toEqual([wish.replace(/\.$/, "")]);
        expect(renderPromptSchema(schema)).toBe(expected);
      },
    ),
  );
});

test("every name of a description is placed, or its part is reported", () => {
  const nouns = [
    "lab test",
    "invoice",
    "frame",
    "sales order",
    "goose",
    "child",
    "table",
    "shelf",
    "unit price list",
    "screen",
  ];
  const fields = ["serial number", "colour", "weight", "first name", "result", "start date", "note", "is open"];
  fc.assert(
    fc.property(
      fc.uniqueArray(
        fc.record({
          noun: fc.constantFrom(...nouns),
          own: fc.uniqueArray(fc.constantFrom(...fields), { minLength: 1, maxLength: 4 }),
        }),
        {
          selector: ({ noun }) => noun,
          minLength: 1,
          maxLength: 6,
        },
      ),
      (things) => {
        const prompt = things
          .map(({ noun, own }) => `Each ${noun} has ${own.map((field) => `a ${field}`).join(", ")}.`)
          .join("\n");
        const { schema, notUnderstood } = understandPrompt(prompt);
        const lost = things.flatMap(({ noun, own }) => {
          const name = noun
            .split(" ")
            .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
            .join("");
          const fields = schema.entities.find((each) => each.name === name)?.fields.map((field) => field.name) ?? [];
          const isNamed = (words: string) => notUnderstood.some((part) => part.includes(words));
          return isNamed(noun)
            ? []
            : own.filter((field) => !fields.includes(field.replaceAll(" ", "_")) && !isNamed(field));
        });
        expect(lost).toEqual([]);
      },
    ),
  );
});

test.each(["a, b. ", "should send ", "- tests: a, b\n", "Each x has a y. ", "(((("])(
  "100 kB of %j are read within seconds",
  (part) => {
    const startedMs = performance.now();
    understandPrompt(part.repeat(Math.ceil(100_000 / part.length)));
    expect(performance.now() - startedMs).toBeLessThan(10_000);
  },
  30_000,
);

import { describe, expect, it } from "vitest";
import type { RequestIntent } from "../request-intent.ts";
import { understandRequest } from "./understand-request.ts";

const entities = [
  { name: "Project", fields: ["id", "title", "description"] },
  { name: "Task", fields: ["id", "title", "status", "due_date", "project_id"] },
];

/** One line per intent, for readable test tables. */
function describeIntent(intent: RequestIntent): string {
  switch (intent.kind) {
    case "add-fields":
      return `add-fields ${intent.entity}: ${intent.fields
        .map(
          ({ name, kind, enumType, isOptional, isUnique, defaultValue }) =>
            `${name} ${enumType === null ? kind : enumType.values.join("|")}${isOptional ? "?" : ""}${isUnique ? " unique" : ""}${defaultValue === null ? "" : `=${defaultValue}`}`,
        )
        .join(", ")}`;
    case "add-entity":
      return `add-entity ${intent.entity.names.className}: ${[...intent.entity.fields.map(({ name }) => name), ...intent.entity.references.map(({ fieldName }) => fieldName)].join(", ")}`;
    case "add-files":
      return `add-files ${intent.fileKind} ${intent.entity ?? "all"}`;
    case "rename-field":
      return `rename ${intent.entity}.${intent.from} ${intent.to}`;
    case "remove-fields":
      return `remove ${intent.entity}.${intent.fields.join("+")}`;
    case "remove-entity":
      return `remove ${intent.entity}`;
    case "add-pagination":
      return `paginate ${intent.entity}`;
    case "add-filter":
      return `filter ${intent.entity} by ${intent.fields.join("+")}`;
  }
}

const priority = "add-fields Task: priority low|medium|high=low";

const phrasings: [prompt: string, ...intents: string[]][] = [
  ["Add a priority field to tasks", priority],
  ["Please add a priority field to the Task model.", priority],
  ["Can you add a priority to each task?", priority],
  ["Tasks should have a priority", priority],
  ["Give tasks a priority", priority],
  ["Extend tasks with a priority", priority],
  ["Add an integer priority to tasks", "add-fields Task: priority integer?"],
  ["add priority: integer to tasks", "add-fields Task: priority integer?"],
  ["Add a priority column (integer) to the tasks table", "add-fields Task: priority integer?"],
  ["Add optional notes text to tasks", "add-fields Task: notes text?"],
  ["Add a due date to projects", "add-fields Project: due_date date?"],
  ["Add a severity enum with values a, b, c to tasks", "add-fields Task: severity a|b|c=a"],
  ["Add a severity to tasks with values low, medium and high", "add-fields Task: severity low|medium|high=low"],
  ["Add a severity (minor, major) to tasks", "add-fields Task: severity minor|major=minor"],
  ["Add a boolean is_archived field to projects", "add-fields Project: is_archived boolean=false"],
  ["Add a unique slug to projects", "add-fields Project: slug string? unique"],
  ["Add a required owner name to projects", "add-fields Project: owner_name string"],
  ["Each project needs a budget and a deadline", "add-fields Project: budget decimal?, deadline date?"],
  ["Add priority: integer and estimate: decimal to tasks", "add-fields Task: priority integer?, estimate decimal?"],
  ["Add notes to tasks", "add-fields Task: notes text?"],
  ["Add comments to tasks", "add-entity Comment: body, task_id"],
  ["Add comments with a body and an author that belong to a task", "add-entity Comment: body, author, task_id"],
  [
    "Add a Comment entity with a body and an author that belongs to a task",
    "add-entity Comment: body, author, task_id",
  ],
  ["Comments have a body and belong to a task", "add-entity Comment: body, task_id"],
  ["Add a users table with name and email", "add-entity User: name, email"],
  ["Add tags", "add-entity Tag: name"],
  ["Add author profiles with a bio: text", "add-entity AuthorProfile: bio"],
  ["Add file uploads with a name and a size", "add-entity FileUpload: name, size"],
  ["Add missing schema file for comments", "add-files schema Comment"],
  ["Add missing schema file", "add-files schema all"],
  ["Add the missing schema files for tasks and projects", "add-files schema Task", "add-files schema Project"],
  ["The schema file for tasks is missing", "add-files schema Task"],
  ["Add missing router", "add-files router all"],
  ["Create CRUD endpoints for tasks", "add-files router Task"],
  ["Add tests for tasks", "add-files test Task"],
  ["Write unit tests for the Task model", "add-files test Task"],
  ["Add a Dockerfile", "add-files dockerfile all"],
  ["Dockerize the app", "add-files dockerfile all"],
  ["Add tests for tasks and a Dockerfile", "add-files test Task", "add-files dockerfile all"],
  ["Rename title to name in tasks", "rename Task.title name"],
  ["Rename the title field of tasks to name", "rename Task.title name"],
  ["Rename tasks.title to name", "rename Task.title name"],
  ["rename task title to name", "rename Task.title name"],
  ["Change the name of due date to deadline in tasks", "rename Task.due_date deadline"],
  ["Remove the status field from tasks", "remove Task.status"],
  ["Drop status and due_date from tasks", "remove Task.status+due_date"],
  ["Delete the description of projects", "remove Project.description"],
  ["Remove the Task entity", "remove Task"],
  ["Delete tasks", "remove Task"],
  ["Add pagination to tasks", "paginate Task"],
  ["Paginate the task list", "paginate Task"],
  ["Add pagination to tasks and projects", "paginate Task", "paginate Project"],
  ["Add a filter by status to the task list", "filter Task by status"],
  ["Filter tasks by status and due date", "filter Task by status+due_date"],
  ["Add a status filter to tasks", "filter Task by status"],
  ["Add pagination to tasks and a filter by status", "paginate Task", "filter Task by status"],
  ["Add a priority field to tasks and rename title to name in projects", priority, "rename Project.title name"],
  [
    "- Add a priority field to tasks\n- Add comments with a body that belong to a task",
    priority,
    "add-entity Comment: body, task_id",
  ],
  [
    "Do the following:\n1. Add a priority field to tasks.\n2. Filter tasks by priority.",
    priority,
    "filter Task by priority",
  ],
];

describe("understandRequest", () => {
  it.each(phrasings)("reads %j", (prompt, ...expected) => {
    const request = understandRequest({ prompt, entities });
    expect(request.wishes.flatMap(({ intents }) => intents.map(describeIntent))).toEqual(expected);
    expect(request.notUnderstood).toEqual([]);
  });

  it.each([
    "Add authentication",
    "Make it faster",
    "Improve the UI",
    "Add dark mode",
    "Add error handling",
    "Add error handling with retries",
    "Add JWT authentication with refresh tokens",
    "Add type hints",
    "Add a priority field to invoices",
    "Rename colour to color in tasks",
    "Remove the colour field from tasks",
    "Filter tasks by colour",
    "Remove remarks and weight from tasks",
    "Refactor tasks with a cleaner structure",
    "Tags",
    "Deploy to AWS",
    "",
  ])("does not pretend to understand %j", (prompt) => {
    const { wishes, notUnderstood } = understandRequest({ prompt, entities });
    expect(wishes).toEqual([]);
    expect(notUnderstood).toHaveLength(1);
  });

  it.each(["add to tasks and ", "add a, b and ", "- add a priority to tasks\n"])(
    "terminates quickly on 100 kB of %j",
    (part) => {
      const startedAt = performance.now();
      expect(understandRequest({ prompt: part.repeat(100_000 / part.length), entities }).wishes).toEqual([]);
      expect(performance.now() - startedAt).toBeLessThan(2_000);
    },
  );

  it.each<[prompt: string, intents: string[], notUnderstood: string[]]>([
    ["Add a priority field to tasks. Then deploy it to the moon.", [priority], ["deploy it to the moon"]],
    ["Add priority to tasks and send an email to the owner", [priority], ["send an email to the owner"]],
    [
      "Add a priority to tasks, a due date to projects and dark mode",
      [priority, "add-fields Project: due_date date?"],
      ["dark mode"],
    ],
    [
      "- Add pagination to tasks\n- Notify everyone on Slack\n- Remove the description of projects",
      ["paginate Task", "remove Project.description"],
      ["Notify everyone on Slack"],
    ],
    ["Add JWT auth and rename title to name in tasks", ["rename Task.title name"], ["Add JWT auth"]],
    [
      "Rename title to name in tasks and translate the page into French",
      ["rename Task.title name"],
      ["translate the page into French"],
    ],
    [
      "Add a priority to tasks so it can be sorted by an AI",
      [],
      ["Add a priority to tasks so it can be sorted by an AI"],
    ],
  ])("does the part of %j that it understands and names the other", (prompt, intents, notUnderstood) => {
    const request = understandRequest({ prompt, entities });
    expect(request.wishes.flatMap((wish) => wish.intents.map(describeIntent))).toEqual(intents);
    expect(request.notUnderstood).toEqual(notUnderstood);
  });
});

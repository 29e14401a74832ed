/** Prompts that the built-in generator understands, so that the first try needs no key. */
export const examplePrompts: readonly string[] = [
  "A task tracker: projects have a name and a description; tasks belong to a project and have a title, a due date and a status (todo, doing, done).",
  "A library: authors have a name; books have a title, a unique isbn and a publication year and belong to an author; members borrow books as loans with a due date.",
  "A recipe book in Next.js: recipes have a title, instructions and a preparation time in minutes; ingredients have a name and a quantity and belong to a recipe.",
];

import type { ProjectDraft } from "./project-draft.ts";

/**
 * Remembers what was read from each file of a draft as long as the file's text is the same. The rules read a project
 * anew after each change, and a change touches few of its files.
 */
export class DraftCache<Value> {
  readonly #drafts = new WeakMap<ProjectDraft, Map<string, { text: string; value: Value }>>();

  read({
    draft,
    path,
    text,
    parse,
  }: {
    draft: ProjectDraft;
    path: string;
    text: string;
    parse: (text: string) => Value;
  }): Value {
    const files = this.#drafts.get(draft) ?? new Map<string, { text: string; value: Value }>();
    this.#drafts.set(draft, files);
    const known = files.get(path);
    if (known?.text === text) return known.value;
    const value = parse(text);
    files.set(path, { text, value });
    return value;
  }
}

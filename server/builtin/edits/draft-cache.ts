import type { ProjectDraft } from "./project-draft.ts";

/**
 * Caches what was read from each file of a draft while its text is unchanged. The rules read a project again after each
 * change, and a change affects few files.
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

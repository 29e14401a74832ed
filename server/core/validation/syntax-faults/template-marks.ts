const marks = /\{%-?[^]*?-?%\}|\{\{[^]*?\}\}|\{#[^]*?#\}|<%[^]*?%>|<\?[^]*?\?>/g;
const templateProject = /(?:^|\/)(?:cookiecutter\.(?:json|ya?ml)|copier\.ya?ml)$/;

export function hasTemplateMarks(text: string): boolean {
  return text.search(marks) !== -1;
}

/** True for a template file: its parent's text or its path has template marks, or it belongs to a template project. */
export function isTemplateFile({
  path,
  before,
  paths,
}: {
  path: string;
  before: string | null;
  paths: Iterable<string>;
}): boolean {
  if ((before !== null && hasTemplateMarks(before)) || hasTemplateMarks(path)) return true;
  for (const other of paths) {
    if (!templateProject.test(other)) continue;
    const directory = other.slice(0, other.lastIndexOf("/") + 1);
    if (path.startsWith(directory)) return true;
  }
  return false;
}

/**
 * The text with its marks blanked: a value becomes a name of the same length, a statement or comment becomes spaces.
 */
export function blankTemplateMarks(text: string): string {
  return text.replace(marks, (mark) => mark.replace(/[^\n]/g, mark.startsWith("{{") ? "x" : " "));
}

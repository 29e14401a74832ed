/**
 * Whether a text ends inside a JSON value: within a string or before a bracket is closed. A text that is invalid in
 * another way counts as finished.
 */
export function isUnfinishedJson(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (isInString) {
      if (character === "\\") index += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
  }
  return isInString || depth > 0;
}

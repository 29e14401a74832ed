const numberSignComments = /\.(?:pyi?|rb|rake|sh|bash|php|ya?ml|toml|ex|exs)$/i;
const quoted = /"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\*[^]*?\*\/|(?<![:"'`])\/\/[^\n]*/g;
const quotedOrNumberSign =
  /"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\*[^]*?\*\/|(?<!\S)#[^\n]*/g;
const word = /[\p{L}_$#@][\p{L}\d_$]*/gu;
/** A module's list of exports is not a use. */
const offer = /^\s*(?:export\s*\{[^}]*\}|module\.exports\b[^\n]*|exports\.[^\n]*|__all__\s*=\s*[[(][^\])]*[\])])/gm;

/** A program without comments and strings. Template strings stay, because they contain code. */
export function cutTexts({ path, text }: { path: string; text: string }): string {
  return text.replace(numberSignComments.test(path) ? quotedOrNumberSign : quoted, " ").replace(offer, " ");
}

/** The words of a program outside comments and strings. */
export function listUsedNames(source: { path: string; text: string }): ReadonlySet<string> {
  return new Set((cutTexts(source).match(word) ?? []).map((name) => name.replace(/^[@$#]/, "")));
}

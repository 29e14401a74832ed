const numberSignComments = /\.(?:pyi?|rb|rake|sh|bash|php|ya?ml|toml|ex|exs)$/i;
const quoted = /"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\*[^]*?\*\/|(?<![:"'`])\/\/[^\n]*/g;
const quotedOrNumberSign =
  /"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\*[^]*?\*\/|(?<!\S)#[^\n]*/g;
const word = /[\p{L}_$#@][\p{L}\d_$]*/gu;
/** A list of what a module offers is no use of it. */
const offer = /^\s*(?:export\s*\{[^}]*\}|module\.exports\b[^\n]*|exports\.[^\n]*|__all__\s*=\s*[[(][^\])]*[\])])/gm;

/** The words of a program outside comments and strings. Template strings count: they hold code. */
export function listUsedNames({ path, text }: { path: string; text: string }): ReadonlySet<string> {
  const code = text.replace(numberSignComments.test(path) ? quotedOrNumberSign : quoted, " ").replace(offer, " ");
  return new Set((code.match(word) ?? []).map((name) => name.replace(/^[@$#]/, "")));
}

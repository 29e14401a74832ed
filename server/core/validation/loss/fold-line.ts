/** Export modifiers may change with the place, and classes write functions differently. */
const places =
  /\b(?:public|private|protected|internal|static|final|readonly|export|default|async|abstract|override|function|def|fn|func|const|let|var)\s+|\bpub(?:\([\w ]+\))?\s+|\b(?:this|self)\.|(?<=\()(?:&mut |&)?(?:self|cls)\b(?:,\s*)?|#(?=\w)/g;

/** A line of code without white space and without what depends on its place: equal results mean equal lines. */
export function foldLine(line: string): string {
  return line
    .replace(places, "")
    .replace(/\s+/g, "")
    .replace(/[;,{]+$/, "");
}

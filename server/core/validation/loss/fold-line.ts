/** How a thing is offered may change with its place, and how a class says what a function says. */
const places =
  /\b(?:public|private|protected|internal|static|final|readonly|export|default|async|abstract|override|function|def|fn|func|const|let|var)\s+|\bpub(?:\([\w ]+\))?\s+|\b(?:this|self)\.|(?<=\()(?:&mut |&)?(?:self|cls)\b(?:,\s*)?|#(?=\w)/g;

/** A line of code without white space and without what its place gives it: two such lines say the same. */
export function foldLine(line: string): string {
  return line
    .replace(places, "")
    .replace(/\s+/g, "")
    .replace(/[;,{]+$/, "");
}

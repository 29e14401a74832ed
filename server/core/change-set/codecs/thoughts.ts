/** Tag names in which models write their thoughts. Names differ by model but combine the same words. */
const names =
  "[\\w:.-]*(?:think|thought|reasoning|reflection|scratchpad|monologue|deliberat|rationale)[\\w:.-]*|analysis|思考|思维|推理";
const special = "(?:begin_of_)?\\w*(?:think|thought|reasoning)\\w*";
const specialEnd = "<\\|(?:/|end_(?:of_)?)\\w*(?:think|thought|reasoning)\\w*\\|>";
const openTag = new RegExp(
  `^[ \\t]*(?:<(${names})(?:\\s[^<>]*)?>|\\[(THINK)\\]|◁(think)▷|(?!${specialEnd})<\\|(${special})\\|>)`,
  "i",
);
const closeTag = new RegExp(`(?:</(?:${names})\\s*>|\\[/THINK\\]|◁/think▷|${specialEnd})`, "i");
const channel =
  /^[ \t]*(?:<\|start\|>\s*assistant\s*)?<\|channel\|>\s*(\w+)[^<\n]*(?:<\|[a-z]+\|>[^<\n]*)*?<\|message\|>/i;
const finalChannel =
  /(?:<\|start\|>\s*assistant\s*)?<\|channel\|>\s*final[^<\n]*(?:<\|[a-z]+\|>[^<\n]*)*?<\|message\|>|assistantfinal/i;
const bareAnalysis = /^(?:assistant)?analysis(?=[A-Z])/;
const doneThinking = /^[ \t]*\.\.\.\s*done thinking\.?[ \t]*$/i;

/** Where the answer continues after thoughts that begin on a line, or that they never end. */
type Thought = { status: "ended"; line: number; rest: string } | { status: "open" };

/** Reads thoughts that begin on a line outside all blocks; null if none do. */
export function readThought({ lines, line }: { lines: readonly string[]; line: number }): Thought | null {
  const text = lines[line] ?? "";
  const tag = openTag.exec(text);
  if (tag !== null) {
    const name = tag.slice(1).find((each) => each !== undefined) ?? "";
    const ends = tag[4] === undefined ? closingOf(name) : new RegExp(specialEnd, "i");
    return findEnd({ lines, line, from: tag[0].length, ends });
  }
  const [whole = "", name] = channel.exec(text) ?? [];
  if (name !== undefined && /^final$/i.test(name)) return { status: "ended", line, rest: text.slice(whole.length) };
  if (name !== undefined) return findEnd({ lines, line, from: whole.length, ends: finalChannel });
  if (line < 3 && bareAnalysis.test(text)) {
    const thought = findEnd({ lines, line, from: 0, ends: /assistantfinal/ });
    return thought.status === "ended" ? thought : null;
  }
  if (line < 3 && /^[ \t]*thinking\.\.\.[ \t]*$/i.test(text)) {
    const thought = findEnd({ lines, line, from: text.length, ends: doneThinking });
    return thought.status === "ended" ? thought : null;
  }
  return null;
}

/**
 * The rest of a line on which thoughts end that began before the text, as with servers that open them in the prompt;
 * null if no thoughts end on the line. A tag in backticks is a mention.
 */
export function readLoneThoughtEnd(line: string): string | null {
  const match = closeTag.exec(line);
  if (match === null || line.charAt(match.index - 1) === "`") return null;
  const before = line.slice(0, match.index);
  const rest = line.slice(match.index + match[0].length);
  // A tag in the middle of a sentence is a mention.
  return before.trim() === "" || rest.trim() === "" ? rest : null;
}

/** Markers that a chat template puts between parts of an answer; they are not text. */
export function stripChatMarks(line: string): string {
  return line.includes("<|")
    ? line.replace(/<\|(?:start|end|return|message|im_end|endoftext|eot_id|eom_id)\|>(?:assistant)?/g, "")
    : line;
}

function closingOf(name: string): RegExp {
  return new RegExp(`(?:</${name.replaceAll(".", "\\.")}\\s*>|\\[/${name}\\]|◁/${name}▷)`, "i");
}

function findEnd({
  lines,
  line,
  from,
  ends,
}: {
  lines: readonly string[];
  line: number;
  from: number;
  ends: RegExp;
}): Thought {
  for (let index = line; index < lines.length; index += 1) {
    const text = index === line ? (lines[index] ?? "").slice(from) : (lines[index] ?? "");
    const match = ends.exec(text);
    if (match !== null) return { status: "ended", line: index, rest: text.slice(match.index + match[0].length) };
  }
  return { status: "open" };
}

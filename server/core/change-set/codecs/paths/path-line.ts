import { cleanPath, judgePathShape } from "./path-shape.ts";
import type { ProjectPaths } from "./project-paths.ts";

/**
 * What a line above a block tells about its file. `line`: only a path, with at most a label and a remark. `sentence`:
 * one path among words. `doubt`: a possible path, or several paths. `isPart`: the line says that only a part of the
 * file follows.
 */
export type PathLine =
  | { status: "path"; source: "line" | "sentence"; path: string; isPart: boolean }
  | { status: "doubt"; text: string }
  | { status: "prose" };

const prose: PathLine = { status: "prose" };

/** Room for a path and a remark; a longer line is prose. */
const maxLineLength = 1_500;

const decoration =
  /^(?:\s|[>|]\s|#{1,6}\s|[-*+•]\s|\d{1,3}[.)]\s|\/\/+|\/\*+|<!--|--\s|;+\s|#\s|\p{Extended_Pictographic}|\u{FE0F}|[→▶►◆■✓✔]|\*\*)+/u;
const label =
  /^[*_`]*(?:(?:in|the|new|updated?|modif(?:y|ied)|changed?|existing|full|complete|edit(?:ed)?|creat(?:e|ed)|add(?:ed)?|replaced?|target|step \d+:?)\s+)*(?:file\s*(?:name|path|#?\d{1,3})?|filename|filepath|path)(?:[*_]*\s*[:=][*_]*\s*|[*_]*\s+(?:[-–—]\s+)?)|^(?:new|updated|modified|changed|created|added)[*_]*:[*_]*\s+|^[*_`]*(?:[新修更创建改]{0,2}文件[名路径]{0,2}|路径|ファイル名?|파일|(?:neue )?datei|fichier|archivo|arquivo|ficheiro|файл|plik|bestand)[*_]*\s*:[*_]*\s*/iu;
const partRemark = /\b(?:lines?\s*\d|L\d+|partial|part of|snippet|excerpt|relevant|only the|changes? only|fragment)/i;
const remark =
  /^(?:\s*[`*_]+)?\s*(?:$|:?\s*$|:\s|[([{]|[-–—]\s|#\s?|\/\/|[,;]\s|<[-!]|←|\((?:new|updated)|\*+\(?\w+|_+\(?\w+|(?:is\s+)?(?:new|updated|modified|changed|created|unchanged|full|complete|rewritten|edited)\b[^a-z]*(?:file|version|content)?[^a-z]*$)/iu;

/** Parses a line by the grammar of path lines (docs/adr/0016). */
export function readPathLine({ text, project }: { text: string; project: ProjectPaths }): PathLine {
  if (text.length > maxLineLength) return prose;
  const line = text
    .replace(/[\u200B-\u200D\u2060\uFEFF]/g, "")
    .replaceAll("：", ": ")
    .trim();
  if (line === "") return prose;
  const bare = line
    .replace(decoration, "")
    .replace(/\s*(?:-->|\*\/|#+)$/, "")
    .replace(/^[=-]{2,}\s+(.*?)\s+[=-]{2,}$/, "$1");
  const whole = cleanPath(bare);
  if (project.has(whole)) return { status: "path", source: "line", path: whole, isPart: false };
  const read = readAlone({ line: bare, project }) ?? readSentence({ line, project });
  return read.status === "path" ? { ...read, path: project.resolve(read.path) } : read;
}

/** A path at the start, followed by nothing but a remark. */
function readAlone({ line, project }: { line: string; project: ProjectPaths }): PathLine | null {
  const unlabelled = line.replace(label, "");
  const text = unlabelled.replace(/^["'“(<[]?\s*(?=[`*_])/, "");
  const isLabelled = unlabelled !== line;
  const taken = takeWord(text);
  const place = /:\d+(?:[-:]\d+)?:?$/.exec(taken.word)?.[0] ?? "";
  const word = taken.word.slice(0, taken.word.length - place.length);
  const { rest } = taken;
  const path = cleanPath(word);
  // A path between marks may contain spaces.
  const shape = judgePathShape({ path: taken.isMarked ? path.replaceAll(" ", "_") : path, project });
  if (shape === "none" || !remark.test(rest)) return null;
  // The remark contains a second path, so it is unclear which one is meant.
  const others = certainPaths({ line: rest, project }).filter((other) => other !== path);
  if (others.length > 0 && !/^\s*[([]/.test(rest)) return { status: "doubt", text: line };
  if (shape === "certain" || isLabelled)
    return { status: "path", source: "line", path, isPart: place !== "" || partRemark.test(rest) };
  return { status: "doubt", text: word };
}

/** The first word, or the one marked by backticks, bold or a link. */
function takeWord(text: string): { word: string; rest: string; isMarked: boolean } {
  const marked =
    /^(?:\*\*|__)?`([^`\n]+)`(?:\*\*|__)?/.exec(text) ??
    /^\*\*([^*\n]+?)\*\*/.exec(text) ??
    // Excludes names that contain such marks themselves: `__init__.py`.
    /^__([^\s_](?:[^*\n]*?[^\s_])?)__(?![\w./])/.exec(text) ??
    /^\[([^\]\n]+)\]\([^)\n]*\)/.exec(text) ??
    /^"([^"\n]+)"/.exec(text);
  if (marked?.[1] !== undefined)
    return { word: marked[1].replace(/^`|`$/g, ""), rest: text.slice(marked[0].length), isMarked: true };
  const end = /\s/.exec(text)?.index ?? text.length;
  const word = text.slice(0, end);
  return { word, rest: text.slice(end), isMarked: false };
}

function readSentence({ line, project }: { line: string; project: ProjectPaths }): PathLine {
  const [first, second] = certainPaths({ line, project });
  if (first === undefined) return prose;
  return second === undefined
    ? { status: "path", source: "sentence", path: first, isPart: partRemark.test(line) }
    : { status: "doubt", text: line };
}

/** The distinct certain paths in a line, in order. */
function certainPaths({ line, project }: { line: string; project: ProjectPaths }): string[] {
  const marked = [...line.matchAll(/`([^`\n]+)`/g)].map(([, inner = ""]) => inner);
  const words = line
    .replace(/`[^`\n]*`/g, " ")
    .split(/[\s]+/)
    .flatMap((word) => (/^\[.*\]\(.*\)/.test(word) ? [word.slice(1, word.indexOf("]"))] : [word]))
    .filter((word) => /[./\\]/.test(word));
  const paths = [...marked, ...words].map(cleanPath).filter((path) => isCertainInSentence({ path, project }));
  return [...new Set(paths)];
}

/** Within a sentence, a name needs more evidence: prose mentions names like README and words like `Node.js`. */
function isCertainInSentence({ path, project }: { path: string; project: ProjectPaths }): boolean {
  return /[./]/.test(path) && judgePathShape({ path, project }) === "certain";
}

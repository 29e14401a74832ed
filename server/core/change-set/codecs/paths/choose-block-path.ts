import { extensionOf, type ProjectPaths } from "./project-paths.ts";
import { cleanPath, judgePathShape } from "./path-shape.ts";
import { readPathLine, type PathLine } from "./path-line.ts";
import type { PathSource } from "../text-proposal.ts";

/** The file that a fence belongs to, or that it is prose, or why that is unknown. */
type BlockPath =
  | { status: "path"; path: string; source: PathSource; isPart: boolean }
  | { status: "prose" }
  | { status: "unknown"; path: string | null; reason: string };

const shellLabels: ReadonlySet<string> = new Set(
  `bash sh shell zsh fish console terminal powershell pwsh ps1 ps cmd bat batch shellsession shell-session sh-session
  dos`.split(/\s+/),
);
const outputLabels: ReadonlySet<string> = new Set(
  `text txt plain plaintext output log logs stdout stderr result http mermaid tree url curl csv traceback pycon
  pytb repl ascii diagram json json5 jsonc jsonl xml env dotenv regex none gitignore think thinking thought thoughts
  reasoning plan todo`.split(/\s+/),
);
/** Extensions of files that are neither shell scripts nor plain text. */
const codeFile = /^(?:[cm]?[jt]sx?|py|rb|go|rs|java|kt|cs|cpp|c|h|php|swift|html|css|scss|vue|svelte|json)$/;

const exampleWords =
  /\b(?:usage|examples?|e\.g\.|sample|demo|try (?:it|this|out)|run|running|start|launch|install|execute|test it|verify|call|calls|called|calling|invoke|use it|use(?:d|s)? (?:as|like|in|from|it|this)|using it|output|prints?|printed|result(?:s|ing)?|returns?|respon(?:se|ds?)|request|produces?|before|previously|was|for instance|now (?:use|import)|consol[ei]|shell|terminal)\b/i;
const changeWords =
  /\b(?:create|creat(?:es|ed|ing)|add|adds|added|adding|new file|update[ds]?|updating|change[ds]?|changing|replace[ds]?|insert|put|modif(?:y|ies|ied)|append|edit|write|place|save|paste|contents?|should (?:look|be|read|contain)|here is|here's|full|complete|entire|whole|final)\b/i;
const wholeWords =
  /\b(?:full|complete|completely|entire|whole|replace[ds]?|rewrite|rewritten|overwrite|new (?:version|contents?)|updated (?:version|contents?|file)|contents?|now (?:reads|looks|contains)|becomes|should (?:look|read|be|contain)|final (?:version|file))\b/i;

/** The surroundings of a fence: the words above it, nearest first, its info string, and its lines. */
type BlockSurroundings = {
  above: readonly string[];
  info: string;
  body: readonly string[];
  project: ProjectPaths;
};

/**
 * Determines a fence's file by the grammar of path lines (docs/adr/0016). Precedence: a path on its own line or in the
 * fence's info string, then one in the sentence above, then one in a first-line comment.
 */
export function chooseBlockPath({ above, info, body, project }: BlockSurroundings): BlockPath {
  const [lead = "", before = ""] = above;
  const line = readPathLine({ text: lead, project });
  const inFence = readInfoPath({ info, project });
  const label = labelOf(info);
  if (line.status === "path" && line.source === "line") {
    if (inFence !== null && !isSameFile(inFence, line.path))
      return unknown({ path: null, reason: `The text names ${line.path}, and the fence names ${inFence}.` });
    return judgeLone({ line, label, before, project });
  }
  if (inFence !== null) return { status: "path", path: inFence, source: "fence", isPart: false };
  const comment = readCommentPath({ body, project });
  if (line.status === "path" && (comment === null || isSameFile(comment, line.path)))
    return judgeSentence({ line, label, lead, body, project });
  if (line.status === "path" && comment !== null)
    return unknown({ path: null, reason: `The text names ${line.path}, and the block's first line names ${comment}.` });
  if (comment !== null) return judgeComment({ comment, lead, project });
  return isProse({ label, lead, body, isDoubtful: line.status === "doubt" })
    ? { status: "prose" }
    : unknown({
        path: null,
        reason:
          line.status === "doubt"
            ? `It is not clear whether ${JSON.stringify(line.text.slice(0, 120))} names the file of the block below it.`
            : "A block of code has no path, so it is not known where it belongs.",
      });
}

/** The file of blocks that identify their own position, so any named path counts. */
export function findEditPath({
  above,
  info,
  project,
}: Pick<BlockSurroundings, "above" | "info" | "project">): string | null {
  const line = readPathLine({ text: above[0] ?? "", project });
  if (line.status === "path" && line.source === "line") return line.path;
  return readInfoPath({ info, project }) ?? (line.status === "path" ? line.path : null);
}

/** Words for usage and output in other languages. */
const exampleWordsElsewhere =
  /verwendung|beispiel|ausgabe|aufruf|ausführen|testen|utilisation|exemple|sortie|exécut|uso\b|ejemplo|salida|ejecut|exemplo|saída|execut|使用|用法|示例|例子|运行|输出|测试|使い方|実行|出力|例：|사용|예시|실행|출력|использован|пример|запуск|вывод/i;
/** The words say that the block is a program's output. */
const outputWords =
  /^[\s*_#>-]*(?:the\s+)?(?:expected\s+|sample\s+|example\s+)?output\b|\b(?:prints|outputs|logs|displays|will print|will output)\b[^.]*:?\s*\**$/i;

function isAboutUsage(lead: string): boolean {
  return (exampleWords.test(lead) || exampleWordsElsewhere.test(lead)) && !changeWords.test(lead);
}

/** Whether the words above a block describe usage or output instead of a change. */
export function isAboutExample(above: readonly string[]): boolean {
  return above.slice(0, 2).some(isAboutUsage);
}

type NamedLine = Extract<PathLine, { status: "path" }>;

function judgeLone({
  line: { path, isPart },
  label,
  before,
  project,
}: {
  line: NamedLine;
  label: string;
  before: string;
  project: ProjectPaths;
}): BlockPath {
  if (shellLabels.has(label) && codeFile.test(extensionOf(path)))
    return unknown({ path, reason: `The block under ${path} is marked as ${label}, which this file is not.` });
  const other = readPathLine({ text: before, project });
  if (other.status === "path" && other.source === "line" && other.path !== path)
    return unknown({ path, reason: `The block follows two paths, ${other.path} and ${path}.` });
  const isExample = /:\s*\**$/.test(before.trim()) && isAboutUsage(before);
  if (isExample && project.has(path))
    return unknown({
      path,
      reason: `The block under ${path} follows "${before.trim().slice(-80)}": it may be an example and not the file.`,
    });
  const [only, ...more] = project.has(path) || path.includes("/") ? [] : project.endsAlike(path);
  if (only !== undefined && more.length === 0 && !project.hasAtRoot(extensionOf(path)))
    return unknown({ path, reason: `${path} may be a new file, or ${only} without its directory.` });
  return { status: "path", path, source: "line", isPart };
}

function judgeSentence({
  line: { path, isPart },
  label,
  lead,
  body,
  project,
}: {
  line: NamedLine;
  label: string;
  lead: string;
  body: readonly string[];
  project: ProjectPaths;
}): BlockPath {
  const isShell = shellLabels.has(label) && !/^(?:sh|bash|zsh|fish|ps1|bat)$/.test(extensionOf(path));
  const isAbout = isAboutUsage(lead);
  if (isShell || (isAbout && (shellLabels.has(label) || outputLabels.has(label)))) return { status: "prose" };
  if (isAbout && isProse({ label, lead, body, isDoubtful: false }) && !project.has(path)) return { status: "prose" };
  // A program's output is not a file's text, unless it looks like code.
  if (isAbout && outputWords.test(lead) && label === "" && !looksLikeCode(body)) return { status: "prose" };
  if (isAbout)
    return unknown({ path, reason: `The block after ${quoteLead(lead)} may be an example or the file ${path}.` });
  if (project.has(path) && !wholeWords.test(lead))
    return unknown({
      path,
      reason: `After ${quoteLead(lead)} it is not clear whether the block is all of ${path} or a part of it.`,
    });
  return { status: "path", path, source: "sentence", isPart };
}

function judgeComment({ comment, lead, project }: { comment: string; lead: string; project: ProjectPaths }): BlockPath {
  if (isAboutUsage(lead))
    return unknown({ path: comment, reason: `The block that begins with a comment on ${comment} may be an example.` });
  if (project.has(comment) && !wholeWords.test(lead))
    return unknown({
      path: comment,
      reason: `Only a comment names ${comment}, so it is not clear whether the block is all of this file or a part of it.`,
    });
  return { status: "path", path: comment, source: "comment", isPart: false };
}

/** A block without a path is prose if it shows a command, an output or an example. */
function isProse({
  label,
  lead,
  body,
  isDoubtful,
}: {
  label: string;
  lead: string;
  body: readonly string[];
  isDoubtful: boolean;
}): boolean {
  if (body[0]?.startsWith("#!") === true) return false;
  if (shellLabels.has(label) || outputLabels.has(label)) return true;
  if (body.every((line) => line.trim() === "")) return true;
  if (isDoubtful) return false;
  if (isAboutUsage(lead)) return true;
  return label === "" && !looksLikeCode(body);
}

const codeLine =
  /^\s*(?:import\s|from\s+\S+\s+import|export\s|def\s|class\s|function\s|const\s|let\s|var\s|return\b|public\s|private\s|package\s|use\s|#include|@\w+|<\/?[a-zA-Z][^>]*>|if\s*\(|for\s*\(|while\s*\(|async\s|fn\s|func\s|type\s+\w+\s*=|interface\s|struct\s|enum\s|SELECT\s|INSERT\s|CREATE\s|FROM\s|RUN\s|CMD\s)|[{};]\s*$|^\s*[\w.]+\s*=\s*\S|^\s*(?:if|for|while|elif|else|try|with)\b.*:\s*$/;

function looksLikeCode(body: readonly string[]): boolean {
  const lines = body.slice(0, 200).filter((line) => line.trim() !== "");
  return lines.filter((line) => codeLine.test(line)).length * 4 >= lines.length;
}

function labelOf(info: string): string {
  return (/^[{.\s]*([\w+#-]*)/.exec(info)?.[1] ?? "").toLowerCase();
}

/** `title="app/a.py"`, `python:app/a.py`, `ts lib/a.ts`, or a path alone. */
export function readInfoPath({ info, project }: { info: string; project: ProjectPaths }): string | null {
  if (info === "") return null;
  const named =
    /(?:^|[\s{,])(?:title|file|filename|file_?path|path|name)\s*[=:]\s*(?:"([^"]+)"|'([^']+)'|([^\s"',}]+))/i.exec(
      info,
    );
  const value = named?.[1] ?? named?.[2] ?? named?.[3];
  const words = info.split(/\s+/).flatMap((word) => [word, word.replace(/^[\w+#-]+:(?=.*[./])/, "")]);
  for (const word of value === undefined ? words.toReversed() : [value]) {
    const path = cleanPath(word);
    if (judgePathShape({ path, project }) === "certain" && !/[={}]/.test(path)) return project.resolve(path);
  }
  return null;
}

/** The path in a first-line comment that contains nothing else. */
function readCommentPath({ body, project }: { body: readonly string[]; project: ProjectPaths }): string | null {
  const first = body.find((line) => line.trim() !== "") ?? "";
  const inner = /^\s*(?:#(?!!)|\/\/+|--|;+|%+|\/\*+|<!--|\{\/\*|""")\s*(.*?)\s*(?:\*\/\}?|-->|""")?\s*$/.exec(
    first,
  )?.[1];
  if (inner === undefined || inner === "" || inner.length > 300) return null;
  const line = readPathLine({ text: inner, project });
  return line.status === "path" && line.source === "line" ? line.path : null;
}

export function isSameFile(one: string, other: string): boolean {
  return one === other || one.endsWith(`/${other}`) || other.endsWith(`/${one}`);
}

function quoteLead(lead: string): string {
  return JSON.stringify(lead.trim().slice(0, 120));
}

function unknown({ path, reason }: { path: string | null; reason: string }): BlockPath {
  return { status: "unknown", path, reason };
}

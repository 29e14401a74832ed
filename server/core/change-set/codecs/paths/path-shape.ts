import { baseNameOf, extensionOf, type ProjectPaths } from "./project-paths.ts";

/**
 * How certain it is that a word is a project path. `certain`: the file exists, it would be beside project files, or its
 * extension is a code extension. `possible`: it only has the form of a path.
 */
type PathShape = "certain" | "possible" | "none";

const codeExtensions: ReadonlySet<string> = new Set(
  `astro bat cc cfg cjs clj cmake conf cpp cs css csv cts dart diff ejs elm erb erl ex exs fish fs go gradle graphql groovy
  haml hbs hcl hpp hs html hx ini ino ipynb j2 java jinja jl js json json5 jsonc jsonl jsx kt kts less liquid lock lua
  md mdc mdx mjs ml mod mts nix patch php pl plist prisma properties proto ps1 pug py pyi pyx qml rb rs rst sass scala scss
  sh sln sol sql sum svelte svg swift tcl tex tf tfvars tmpl toml ts tsv tsx twig txt vb vue wgsl xml xsd yaml yml zig
  zsh`.split(/\s+/),
);

const namesWithoutExtension =
  /^(?:(?:Docker|Container|Make|Proc|Gem|Rake|Jenkins|Vagrant|Caddy|Brew|Pip|Tilt|Guard|Pod)file|[Jj]ustfile|Dockerfile\.\w+|LICENSE|CODEOWNERS|gradlew|GNUmakefile)$/;

/** Objects whose members are mentioned in prose, such as `res.json`. */
const spokenObjects =
  /^(?:res|req|resp|response|request|process|console|window|document|self|this|os|sys|import\.meta)\.\w+$/;

/** Conventional project directories, in which a name needs no extension. */
const usualDirectories =
  /^(?:bin|scripts?|sbin|hooks|\.husky|\.github|\.githooks|\.devcontainer|\.docker|docker|config)\//;

const productNames =
  /^(?:node|next|vue|react|nuxt|express|three|d3|discord|ember|backbone|alpine|chart|p5|socket|angular|svelte|nest|electron|deno|moment|knockout|meteor|web3|ethers|asp|ado|ml|polymer|require|handlebars|mustache)\.(?:js|ts|io|net)$/i;

const topDomain = /^(?:[\w-]+\.)+(?:com|org|io|net|dev|app|ai|co|edu|gov|local|localhost)$/i;

/** Quotes, brackets and colons of other scripts: they surround a path and are not part of its name. */
const foreignPunctuation = /[\u2018-\u201F\u3000-\u3003\u3008-\u301F\uFF00-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF65«»]/;
const letter = /[\p{L}\p{N}_]/u;

/** `path` must be a result of `cleanPath`. */
export function judgePathShape({ path, project }: { path: string; project: ProjectPaths }): PathShape {
  if (path === "" || path.length > 1_024) return "none";
  if (project.has(path) || project.has(path.replace(/^\/+/, ""))) return "certain";
  if (/[\s`*<>|"'?;,!=&%:#\\]|\/\/|\/$|\.$|^[~$]/.test(path) || spokenObjects.test(path)) return "none";
  if (foreignPunctuation.test(path) || !hasBalancedBrackets(path)) return "none";
  if (/^v?\d+\.\d+(?:[-+.]\w+)*$/i.test(path) || /\w\(.*\)$/.test(path)) return "none";
  if (path.startsWith("/")) return judgeAbsolute({ path, project });
  const name = baseNameOf(path);
  const directory = path.slice(0, Math.max(0, path.length - name.length - 1));
  const [first = ""] = path.split("/");
  if (topDomain.test(first) && directory !== "" && !project.hasDirectory(first)) return "none";
  if (directory !== "" && project.hasDirectory(directory) && letter.test(name)) return "certain";
  if (namesWithoutExtension.test(name)) return "certain";
  if (/^\.[a-z][\w.-]*$/.test(name)) return codeExtensions.has(name.slice(1)) ? "none" : "certain";
  if (path.split("/").every((segment) => productNames.test(segment))) return "possible";
  const extension = extensionOf(path);
  if (extension !== "" && letter.test(name.slice(0, -extension.length)))
    return isCodeExtension({ extension, project, isBare: directory === "" }) ? "certain" : "possible";
  const isPlain = /^[\w.@()[\]$+-]+(?:\/[\w.@()[\]$+-]+)+$/.test(path);
  return isPlain && usualDirectories.test(path) ? "possible" : "none";
}

function isCodeExtension({
  extension,
  project,
  isBare,
}: {
  extension: string;
  project: ProjectPaths;
  isBare: boolean;
}): boolean {
  if (codeExtensions.has(extension) || project.hasExtension(extension)) return true;
  return !isBare && /^(?:[chmr]|hh|mm|env|po|d)$/.test(extension);
}

/** A bracket without its counterpart belongs to the surrounding words. */
function hasBalancedBrackets(path: string): boolean {
  const open: string[] = [];
  for (const char of path) {
    if ("([{".includes(char)) open.push(char);
    else if (")]}".includes(char) && open.pop() !== "([{"[")]}".indexOf(char)]) return false;
  }
  return open.length === 0;
}

/** No project path begins with a slash: such a word is a project file by its last segments, or an address. */
function judgeAbsolute({ path, project }: { path: string; project: ProjectPaths }): PathShape {
  if (project.endsAlike(path.slice(1)).length === 1) return "certain";
  return codeExtensions.has(extensionOf(path)) ? "possible" : "none";
}

/** A path without the marks that a model puts around it: quotes, `./`, Windows backslashes, a full stop. */
export function cleanPath(text: string): string {
  const bare = text
    .replace(/[\u200B-\u200D\u2060\uFEFF]/g, "")
    .trim()
    .replace(/^[*`"'“”‘’«<「『【]+/, "")
    .replace(/[`"'“”‘’»>,;:!?*」』】：，。]+$/, "")
    // Emphasis is on both sides; a name may begin with the same characters.
    .replace(/^(_{1,2})(\S+\.\w+)\1$/, "$2")
    .replace(/(\w)[.)]+$/, (whole, letter: string) => (/[([]/.test(text) ? whole : letter));
  const forward = /^[^\s/]*\\[^\s]*$/.test(bare) ? bare.replaceAll("\\", "/") : bare;
  return forward.replace(/^(?:\.\/)+/, "");
}

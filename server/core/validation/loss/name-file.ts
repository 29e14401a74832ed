/** Directories that every project has: naming one does not mean its contents. */
const commonFolders: ReadonlySet<string> = new Set(
  "src app apps lib libs server client components core web backend frontend packages pkg internal main java test tests docs public static assets scripts pages routes".split(
    " ",
  ),
);

/** True for a test file: the test runner calls its declarations. */
export function isTestFile(path: string): boolean {
  return /(?:^|[/._-])(?:test|tests|spec|specs|__tests__)(?=[/._-])|Tests?\.\w+$/.test(path);
}

/** Common file extensions. A prompt that names one usually means something inside a file, not the file. */
const commonEndings: ReadonlySet<string> = new Set(
  "html json jsonc yaml toml java text markdown swift less lock conf properties gradle".split(" "),
);
const language = /^(?:[a-z]{2}|[a-z]{2}-[a-z]{2,4})$/i;

/** Names that a user may use for a file: its path, its name with and without extension, and its specific folders. */
export function nameFile(path: string): string[] {
  const folders = path.split("/");
  const name = folders.pop() ?? "";
  const stem = name.replace(/(?<=.)\.[^.]*$/, "");
  const subject = stem
    .replace(/[._-](?:test|tests|spec|stories|module|gen|db)$/i, "")
    .replace(/^(?:test|tests|spec)[_-]/i, "");
  const ending = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  const kind = name.includes(".") && ending.length > 3 && !commonEndings.has(ending) ? [ending] : [];
  // `README.de.md` is a README.
  const [first = "", ...parts] = stem.split(".");
  const isTranslation = /^readme$/i.test(first) || parts.every((part) => language.test(part));
  const untranslated = parts.length > 0 && isTranslation ? [first] : [];
  const own = folders.filter((folder) => folder.length > 2 && !commonFolders.has(folder.toLowerCase()));
  return [...new Set([path, name, stem, subject, ...untranslated, ...kind, ...own])].filter((each) => each.length > 1);
}

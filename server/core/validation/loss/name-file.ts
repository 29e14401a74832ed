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

/** Names that a user may use for a file: its path, its name with and without extension, and its specific folders. */
export function nameFile(path: string): string[] {
  const folders = path.split("/");
  const name = folders.pop() ?? "";
  const stem = name.replace(/(?<=.)\.[^.]*$/, "");
  const subject = stem
    .replace(/[._-](?:test|tests|spec|stories|module|gen|db)$/i, "")
    .replace(/^(?:test|tests|spec)[_-]/i, "");
  const own = folders.filter((folder) => folder.length > 2 && !commonFolders.has(folder.toLowerCase()));
  return [...new Set([path, name, stem, subject, ...own])].filter((each) => each.length > 1);
}

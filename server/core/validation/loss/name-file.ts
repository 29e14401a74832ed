/** Directories that every project has: to name one is not to name what it contains. */
const commonFolders: ReadonlySet<string> = new Set(
  "src app apps lib libs server client components core web backend frontend packages pkg internal main java test tests docs public static assets scripts pages routes".split(
    " ",
  ),
);

/** True for a file of tests: what it declares is called by the tool that runs it. */
export function isTestFile(path: string): boolean {
  return /(?:^|[/._-])(?:test|tests|spec|specs|__tests__)(?=[/._-])|Tests?\.\w+$/.test(path);
}

/** What a user may call a file: its path, its name with and without ending, and the folders that are its own. */
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

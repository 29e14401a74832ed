import type { LanguageSupport } from "@codemirror/language";

const loaders: [extensions: RegExp, load: () => Promise<LanguageSupport>][] = [
  [
    /\.(ts|mts|cts|tsx|js|mjs|cjs|jsx)$/,
    async () => (await import("@codemirror/lang-javascript")).javascript({ jsx: true, typescript: true }),
  ],
  [/\.pyi?$/, async () => (await import("@codemirror/lang-python")).python()],
  [/\.(json|jsonc|webmanifest)$/, async () => (await import("@codemirror/lang-json")).json()],
  [/\.(css|scss)$/, async () => (await import("@codemirror/lang-css")).css()],
  [/\.(html?|svg|xml|vue)$/, async () => (await import("@codemirror/lang-html")).html()],
  [/\.(md|mdx|markdown)$/, async () => (await import("@codemirror/lang-markdown")).markdown()],
  [/\.sql$/, async () => (await import("@codemirror/lang-sql")).sql()],
  [/\.ya?ml$/, async () => (await import("@codemirror/lang-yaml")).yaml()],
];

/** The grammar for a path, loaded on demand; null for plain text. */
export async function loadEditorLanguage(path: string): Promise<LanguageSupport | null> {
  const loader = loaders.find(([extensions]) => extensions.test(path.toLowerCase()));
  return loader === undefined ? null : loader[1]();
}

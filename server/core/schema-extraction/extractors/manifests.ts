import type { FactExtractor } from "./fact-extractor.ts";

/** Libraries, by package name, without which certain folder names have no meaning. */
const wanted = { next: "next", "react-router": "react-router", "@remix-run/react": "react-router" } as const;

/** Which of the libraries that extractors ask for are in a `package.json`. */
export const manifestsExtractor: FactExtractor = {
  name: "manifests",
  handles: (path) => /(?:^|\/)package\.json$/.test(path),
  extract({ path, text }) {
    const lines = text.split("\n");
    return {
      libraries: Object.entries(wanted).flatMap(([packageName, name]) => {
        const at = lines.findIndex((line) => new RegExp(`"${packageName}"\\s*:\\s*"`).test(line));
        return at === -1 ? [] : [{ name, path, line: at + 1 }];
      }),
    };
  },
};

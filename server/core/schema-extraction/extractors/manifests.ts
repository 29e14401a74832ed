import type { FactExtractor } from "./fact-extractor.ts";

/** Libraries without which a folder of a certain name means nothing, by the names of their packages. */
const wanted = { next: "next", "react-router": "react-router", "@remix-run/react": "react-router" } as const;

/** Which of the libraries that extractors ask for a `package.json` names. */
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

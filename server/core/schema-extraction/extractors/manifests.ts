import type { FactExtractor } from "./fact-extractor.ts";

/** Libraries without which a folder of a certain name means nothing. */
const wanted = ["next", "@remix-run/react", "react-router"];

/** Which of the libraries that extractors ask for a `package.json` names. */
export const manifestsExtractor: FactExtractor = {
  name: "manifests",
  handles: (path) => /(?:^|\/)package\.json$/.test(path),
  extract({ path, text }) {
    const lines = text.split("\n");
    return {
      libraries: wanted.flatMap((name) => {
        const at = lines.findIndex((line) => new RegExp(`"${name}"\\s*:\\s*"`).test(line));
        return at === -1 ? [] : [{ name, path, line: at + 1 }];
      }),
    };
  },
};

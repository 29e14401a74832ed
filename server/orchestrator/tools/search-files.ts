import { z } from "zod";
import { readEncodedText } from "#server/core/text-encoding.ts";
import { toPathTest } from "./glob-argument.ts";
import { maxReadBytes } from "./read-limits.ts";
import { answer, defineReadingTool } from "./tool.ts";

const maxSearchHits = 100;
const maxSearchedFiles = 2_000;
const maxLineLength = 300;

export const searchFiles = defineReadingTool({
  name: "search_files",
  description: "Find lines that contain a text. Answers path:line: text.",
  aliases: ["grep", "grep_search", "search", "search_code"],
  argumentAliases: { pattern: "query", text: "query", include: "glob", include_pattern: "glob" },
  input: z.strictObject({
    query: z.string().min(1).describe("Plain text, case-insensitive"),
    glob: z.string().optional(),
  }),
  async execute({ input: { query, glob }, context: { workspace, events } }) {
    events.append({ type: "model.looked", text: `Searched for "${query}"` });
    const isWanted = toPathTest(glob);
    const files = workspace
      .listFiles()
      .filter(([path, entry]) => entry.mode !== "120000" && entry.sizeBytes <= maxReadBytes && isWanted(path))
      .slice(0, maxSearchedFiles);
    const contents = await workspace.readAll(files.map(([, entry]) => entry));
    const wanted = query.toLowerCase();
    const hits: string[] = [];
    for (const [path, { contentHash }] of files) {
      const bytes = contents.get(contentHash);
      const lines = (bytes === undefined ? "" : (readEncodedText(bytes)?.text ?? "")).split("\n");
      for (const [index, line] of lines.entries()) {
        if (line.toLowerCase().includes(wanted)) hits.push(`${path}:${index + 1}: ${line.slice(0, maxLineLength)}`);
        if (hits.length >= maxSearchHits) return answer(`${hits.join("\n")}\n… more: narrow the search`);
      }
    }
    return answer(hits.length === 0 ? "No line contains it." : hits.join("\n"));
  },
});

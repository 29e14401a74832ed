import { z } from "zod";
import { readEncodedText } from "#server/core/text-encoding.ts";
import { pathAliases, pathArgument } from "./path-argument.ts";
import { maxReadBytes } from "./read-limits.ts";
import { answer, defineReadingTool, refuse } from "./tool.ts";

export const readFile = defineReadingTool({
  name: "read_file",
  description: "Read a file. Read a file whole before you replace it with write_file.",
  aliases: ["read", "view_file", "open_file", "cat", "read_text_file", "get_file_contents"],
  argumentAliases: {
    ...pathAliases,
    start_line: "startLine",
    end_line: "endLine",
    start_line_one_indexed: "startLine",
    end_line_one_indexed_inclusive: "endLine",
  },
  input: z.strictObject({
    path: pathArgument,
    startLine: z.number().int().min(1).optional(),
    endLine: z.number().int().min(1).optional(),
  }),
  async execute({ input, context: { workspace, events } }) {
    const { startLine, endLine } = input;
    const resolved = workspace.resolve(input.path);
    if (resolved.status !== "valid") {
      const candidates = resolved.status === "unknown" ? resolved.candidates : [];
      const hint = candidates.length === 0 ? "Use list_files." : `Did you mean one of: ${candidates.join(", ")}?`;
      return refuse(`There is no file ${input.path}. ${hint}`);
    }
    const { path } = resolved;
    const entry = workspace.find(path);
    if (entry === undefined) return refuse(`There is no file ${input.path}. Use list_files.`);
    if (entry.mode === "120000")
      return answer(`${path} is a symbolic link → ${(await workspace.readWhole(path)) ?? ""}`);
    const isPart = startLine !== undefined || endLine !== undefined;
    if (!isPart && entry.sizeBytes > maxReadBytes)
      return refuse(`${path} has ${entry.sizeBytes} bytes: read it in parts, with startLine and endLine.`);
    const bytes = await workspace.read(path);
    const text = bytes === null ? null : (readEncodedText(bytes)?.text ?? null);
    if (text === null)
      return refuse(`${path} is not text, so it cannot be shown. Leave it as it is: it is kept byte for byte.`);
    events.append({ type: "model.looked", text: `Read ${path}` });
    if (!isPart) return answer((await workspace.readWhole(path)) ?? "");
    const lines = text.split("\n");
    const part = lines.slice((startLine ?? 1) - 1, endLine ?? lines.length).join("\n");
    return part.length > maxReadBytes
      ? refuse("These lines are too long to show at once. Ask for fewer.")
      : answer(part);
  },
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTextAnswer } from "./parse-text-answer.ts";
import { readableOperations, unreadableProposals } from "./text-proposal.ts";

const seed = Number(process.env["GRAFT_SEED"] ?? 20_260_901);

/** Lines with a meaning for the reader that can also be text of a document. */
const lines =
  `# Title|## End||text here|<think>|</think>|app/a.py|\`app/b.ts\`:|docs/x.md|*** Begin Patch|*** End Patch|*** Delete File: a.py|<<<<<<< SEARCH|=======|>>>>>>> REPLACE|<<<<<<< HEAD|>>>>>>> new|1 \u2502 a|1\tx|2\ty|--- a/x.py|+++ b/x.py|@@ -1 +1 @@|-old|+new| ctx|<file path="q.py">|</file>|<tool_call>|{"name": "write_file", "arguments": {}}|Create \`app/more.py\`:|x = 1|def f():|    return 1|"""|\`|/*|cat <<EOF|Now run:|npm i`.split(
    "|",
  );
const text = fc.array(fc.constantFrom(...lines), { maxLength: 5 });
const innerFence = fc
  .record({
    marker: fc.constantFrom("", "", "", "  ", "   ", "    ", "- ", "1. "),
    ticks: fc.constantFrom("```", "```", "````", "~~~"),
    info: fc.constantFrom("", "", "bash", "python", 'ts title="a.ts"'),
    body: fc.array(fc.constantFrom(...lines, "```sh", "~~~", "```"), { maxLength: 4 }),
  })
  .map(({ marker, ticks, info, body }) => {
    const indent = marker.replace(/\S/g, " ");
    const content = body.filter((line) => !line.startsWith(ticks));
    return [marker + ticks + info, ...content.map((line) => indent + line), indent + ticks];
  });
const document = fc
  .array(fc.oneof(text, innerFence), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.flat())
  .filter((all) => all.length > 0);

/** How a model prints a document: what precedes it, its path, its fence, and what follows. */
const printing = fc.record({
  before: fc.constantFrom("", "Here it is.\n\n", "<think>hm ```</think>\n", "app/y.py\n```\ny = 2\n```\n\n"),
  head: fc.constantFrom("PATH", "`PATH`", "### PATH", "**PATH**:", "File: PATH", "- PATH (new)"),
  path: fc.constantFrom("README.md", "docs/guide.md", "notes.txt", "new/file.mdx", "docs/a.rst"),
  indent: fc.constantFrom("", "", "", "  ", "   "),
  ticks: fc.constantFrom("```", "````", "`````", "~~~", "~~~~"),
  label: fc.constantFrom("", "md", "markdown", "text"),
  after: fc.constantFrom(
    "",
    "\nDone.\n",
    "\napp/z.py\n```python\nz = 1\n```\n",
    "\nRun:\n```bash\nnpm i\n```\n",
    "\nRun:\n\n```\nnpm i\n```\n",
    "\napp/z.py\n```\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n```\n",
    "\n*** Begin Patch\n*** Delete File: app/z.py\n*** End Patch\n",
  ),
});
const around: Record<string, string> = { "app/y.py": "y = 2\n", "app/z.py": "z = 1\n" };

test("a fenced document is read back equal or requested again", () => {
  let equalCount = 0;
  fc.assert(
    fc.property(document, printing, (content, { before, head, path, indent, ticks, label, after }) => {
      const fenced = [ticks + label, ...content, ticks].map((line) => (line === "" ? "" : indent + line));
      const answer = `${before}${head.replace("PATH", path)}\n${fenced.join("\n")}\n${after}`;
      const parsed = parseTextAnswer({ text: answer, paths: ["README.md", "app/a.py", "app/z.py", "docs/x.md"] });
      const operations = readableOperations(parsed);
      for (const operation of operations) {
        // A document that begins with edit blocks or a patch is read as one, which then must match the file.
        if (operation.type !== "write") expect([path, "app/z.py"]).toContain("path" in operation ? operation.path : "");
        else
          expect(operation.content).toBe(operation.path === path ? `${content.join("\n")}\n` : around[operation.path]);
      }
      const isRead = operations.some((operation) => "path" in operation && operation.path === path);
      if (isRead) equalCount += 1;
      else expect(unreadableProposals(parsed)).not.toEqual([]);
    }),
    { numRuns: 5_000, seed },
  );
  expect(equalCount).toBeGreaterThan(1_000);
});

test("a document is always read back from a fence longer than every fence inside it", () => {
  const plain = fc.array(fc.constantFrom("# T", "", "text", "```", "```sh", "````", "~~~", "    x"), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(plain, fc.constantFrom("README.md", "a.ts", "b.py", "c.yaml"), (content, path) => {
      // One fence around the whole text is treated as a mistake of the model and removed.
      const text = ["First line.", ...content, "Last line."];
      const answer = `${path}\n\`\`\`\`\`\n${text.join("\n")}\n\`\`\`\`\`\n`;
      expect(readableOperations(parseTextAnswer({ text: answer, paths: [] }))).toEqual([
        { type: "write", path, content: `${text.join("\n")}\n` },
      ]);
    }),
    { numRuns: 2_000 },
  );
});

test("every block of a mixture is in the result, with its path", () => {
  const good = (path: string) => `${path}\n\`\`\`\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n\`\`\`\n`;
  const shapes: ((path: string) => string)[] = [
    good,
    (path) => `${path}\n\`\`\`python\nx = 1\n\`\`\`\n`,
    (path) => `### \`${path}\` (new file)\n\n\`\`\`python\nx = 1\n\`\`\`\n`,
    (path) => `*** Begin Patch\n*** Update File: ${path}\n@@\n-a\n+b\n*** End Patch\n`,
    (path) => `*** Begin Patch\n*** Delete File: ${path}\n*** End Patch\n`,
    (path) => `<file path="${path}">\nx = 1\n</file>\n`,
    (path) => `\`\`\`diff\n--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n-a\n+b\n\`\`\`\n`,
    (path) => `\`\`\`python title="${path}"\nx = 1\n\`\`\`\n`,
    (path) => `\`\`\`python\n# ${path}\nx = 1\n\`\`\`\n`,
    (path) => `${path}\n\`\`\`\n<<<<<<< SEARCH\na\n=======\nb\n=======\nc\n>>>>>>> REPLACE\n\`\`\`\n`,
    (path) => `${path}\n\`\`\`\n<<<<<<< SEARCH\na\n>>>>>>> REPLACE\n\`\`\`\n`,
    (path) => `${path}\n\`\`\`python\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n\`\`\`\n`,
    (path) => `${path}\n\`\`\`python\n1 | a\n2 | b\n\`\`\`\n`,
    (path) => `*** Begin Patch\n*** Update File: ${path}\n@@\nno sign\n*** End Patch\n`,
    (path) => `<tool_call>\n{"name": "write_file", "arguments": {"path": "${path}", "content": "x"}}\n</tool_call>\n`,
    (path) => `${path}\n\`\`\`bash\npython x.py\n\`\`\`\n`,
  ];
  const remarks = fc.constantFrom(
    "",
    "Next:\n",
    "I changed the total.\n",
    "```bash\nnpm test\n```\n",
    "- one\n- two\n",
  );
  const mixture = fc.array(fc.tuple(fc.constantFrom(...shapes), remarks), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(mixture, (parts) => {
      const paths = parts.map((_, index) => `app/file${index}.py`);
      const text = parts.map(([print, remark], index) => `${remark}\n${print(paths[index] ?? "")}`).join("\n");
      const { proposals } = parseTextAnswer({ text, paths: ["app/other.py"] });
      const found = proposals.map((proposal) =>
        proposal.status === "unreadable"
          ? proposal.path
          : proposal.operation.type === "move"
            ? proposal.operation.source
            : proposal.operation.path,
      );
      expect(found).toEqual(paths);
    }),
    { numRuns: 3_000 },
  );
});

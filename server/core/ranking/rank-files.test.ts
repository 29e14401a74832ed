import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeFileIndex, encodeFileIndex } from "./encode-file-index.ts";
import { buildFileIndex, countWord, type FileIndex } from "./file-index.ts";
import { hashWord } from "./hash-word.ts";
import { linkImports } from "./link-imports.ts";
import { rankFiles } from "./rank-files.ts";
import type { EarlierChange } from "./score-history.ts";
import { splitWords } from "./split-words.ts";

const files = {
  "app/models/user.py": "class User(Base):\n    email: str\n    password_hash: str\n",
  "app/models/invoice.py":
    "from app.models.user import User\n\nclass Invoice(Base):\n    total: int\n    due_date: date\n",
  "app/routes/invoices.py":
    "from app.models.invoice import Invoice\n\ndef list_invoices():\n    return Invoice.query.all()\n",
  "app/mail.py": "def send_mail(to, subject):\n    pass\n",
  "tests/test_invoices.py":
    "from app.routes.invoices import list_invoices\n\ndef test_list():\n    assert list_invoices()\n",
  "README.md": "# Billing\nInvoices and users.\n",
  "package-lock.json": '{"name": "invoice", "invoice": "invoice invoice"}\n',
};

const letOthersGo = async () => undefined;

async function rank({ prompt, history = [] }: { prompt: string; history?: EarlierChange[] }): Promise<string[]> {
  const indexes = indexAll(files);
  const ranked = await rankFiles({ prompt, indexes, sizeTokens: () => 100, history, letOthersGo });
  return ranked.map(({ path }) => path);
}

function indexAll(texts: Record<string, string>): Map<string, FileIndex> {
  return new Map(Object.entries(texts).map(([path, text]) => [path, buildFileIndex({ path, text })]));
}

test("splits identifiers, stems words, and omits stop words", () => {
  expect(splitWords("getUserById of the HTTPServers user_ids")).toEqual(["user", "id", "http", "server", "user", "id"]);
});

test("files about the prompt's words come first, generated ones last", async () => {
  const order = await rank({ prompt: "Invoices need a discount" });
  expect(order.slice(0, 2)).toEqual(expect.arrayContaining(["app/models/invoice.py", "app/routes/invoices.py"]));
  expect(order.at(-1)).not.toBe("app/models/invoice.py");
  expect(order.indexOf("package-lock.json")).toBeGreaterThan(3);
});

test.each(["app/mail.py is broken", "fix mail.py", "`send_mail` loses the subject"])(
  "a named file comes first: %s",
  async (prompt) => {
    expect((await rank({ prompt }))[0]).toBe("app/mail.py");
  },
);

test("a test file is not demoted if the prompt asks for tests", async () => {
  const position = async (prompt: string) => (await rank({ prompt })).indexOf("tests/test_invoices.py");
  expect(await position("Add tests for the list of invoices")).toBeLessThan(
    await position("Sort the list of invoices"),
  );
});

test("past changes for similar prompts are evidence", async () => {
  const history = [{ prompt: "Localise the currency", paths: ["app/mail.py"] }];
  expect((await rank({ prompt: "Localise the currency better", history }))[0]).toBe("app/mail.py");
});

test("each file has the reasons of its rank in words", async () => {
  const indexes = indexAll(files);
  const [first] = await rankFiles({
    prompt: "invoice total",
    indexes,
    sizeTokens: () => 10,
    history: [],
    letOthersGo,
  });
  expect(first?.reasons).toContain("its path has words of the prompt");
});

test("imports link files in both directions, by relative path, package and alias", () => {
  const links = linkImports(
    indexAll({
      "src/lib/user.ts": "export const user = 1;\n",
      "src/pages/a.ts": 'import { user } from "../lib/user";\n',
      "src/pages/b.ts": 'import { user } from "@/lib/user";\n',
      "src/pages/c.ts": 'import type { user } from "~/lib/user.ts";\nimport x from "react";\n',
      "svc/api/handler.go": 'package api\nimport (\n\t"github.com/acme/svc/store"\n)\n',
      "svc/store/user.go": "package store\n",
      "app/main.py": "from .db import session\nimport app.models.user\n",
      "app/db.py": "session = None\n",
      "app/models/user.py": "class User: pass\n",
    }),
  );
  expect([...(links.get("src/lib/user.ts") ?? [])].sort()).toEqual([
    "src/pages/a.ts",
    "src/pages/b.ts",
    "src/pages/c.ts",
  ]);
  expect(links.get("svc/api/handler.go")).toEqual(new Set(["svc/store/user.go"]));
  expect(links.get("app/main.py")).toEqual(new Set(["app/db.py", "app/models/user.py"]));
});

test("property: an index counts each word of any text, and encoding is lossless", () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{3,9}$/), { maxLength: 60 }), (words) => {
      const text = words.join(" ");
      const index = decodeFileIndex(encodeFileIndex(buildFileIndex({ path: "a.txt", text })));
      const stems = splitWords(text);
      for (const stem of new Set(stems))
        expect(countWord({ index, word: hashWord(stem) })).toBe(stems.filter((other) => other === stem).length);
      expect(index.wordCount).toBe(stems.length);
    }),
  );
});

test("property: ranking is total and deterministic for any prompt", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 200 }), async (prompt) => {
      const order = await rank({ prompt });
      expect(order.toSorted()).toEqual(Object.keys(files).toSorted());
      expect(await rank({ prompt })).toEqual(order);
    }),
    { numRuns: 50 },
  );
});

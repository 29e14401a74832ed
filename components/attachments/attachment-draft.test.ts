import fc from "fast-check";
import { expect, test } from "vitest";
import { limits } from "#lib/contracts/limits.ts";
import { AttachmentDraft } from "./attachment-draft.ts";
import type { LocalAttachment } from "./attachment-list.ts";

type GivenFile = { name: string; type: string; size: number };
type AttachmentContent = Pick<LocalAttachment, "content" | "picture">;

/** A draft whose files are read when the test says so, in any order. */
function openDraft() {
  const reads = new Map<string, PromiseWithResolvers<AttachmentContent>>();
  const draft = new AttachmentDraft<GivenFile>((file) => {
    const read = Promise.withResolvers<AttachmentContent>();
    reads.set(file.name, read);
    return read.promise;
  });
  const finish = async (name: string) => {
    reads.get(name)?.resolve({ content: name, picture: null });
    await settle();
  };
  const fail = async (name: string) => {
    reads.get(name)?.reject(new Error("It is gone."));
    await settle();
  };
  return { draft, finish, fail, listNames: () => draft.getState().list.map(({ name }) => name) };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));
const text = (name: string, size = 10): GivenFile => ({ name, type: "text/plain", size });

test("files added while another one is being read are all attached", async () => {
  const { draft, finish, listNames } = openDraft();
  const added = [draft.add([text("a.txt")]), draft.add([text("b.txt")])];
  expect(draft.getState().isReading).toBe(true);
  await finish("b.txt");
  expect(draft.getState().isReading).toBe(true);
  await finish("a.txt");
  await Promise.all(added);
  expect(listNames()).toEqual(["b.txt", "a.txt"]);
  expect(draft.getState().isReading).toBe(false);
});

test("a file removed while another one is being read stays removed", async () => {
  const { draft, finish, listNames } = openDraft();
  void draft.add([text("a.txt")]);
  await finish("a.txt");
  void draft.add([text("b.txt")]);
  draft.remove(draft.getState().list[0]?.id ?? "");
  await finish("b.txt");
  expect(listNames()).toEqual(["b.txt"]);
});

test("a file that cannot be read is named, and the next ones are attached", async () => {
  const { draft, finish, fail, listNames } = openDraft();
  const added = draft.add([text("gone.txt"), text("b.txt")]);
  await fail("gone.txt");
  await finish("b.txt");
  await added;
  expect(listNames()).toEqual(["b.txt"]);
  expect(draft.getState().problems).toEqual(["gone.txt could not be read, and is not attached. Attach it again."]);
});

test("problems of two selections are both shown, and a later selection clears them", async () => {
  const { draft, finish } = openDraft();
  const added = [draft.add([text("a.txt")]), draft.add([text("long.txt", limits.textAttachmentBytes + 1)])];
  await finish("a.txt");
  await Promise.all(added);
  expect(draft.getState().problems).toEqual([expect.stringContaining("long.txt was not attached")]);
  const later = draft.add([text("b.txt")]);
  expect(draft.getState().problems).toEqual([]);
  await finish("b.txt");
  await later;
});

test("whatever the order, every added file is in the list or named, and no limit is passed", async () => {
  const file = fc.record({ size: fc.integer({ min: 1, max: limits.textAttachmentBytes }), isBroken: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(file, { maxLength: 4 }), { maxLength: 5 }), fc.scheduler(), async (given, s) => {
      const draft = new AttachmentDraft<GivenFile & { isBroken: boolean }>((each) =>
        s.schedule(Promise.resolve(), each.name).then(() => {
          if (each.isBroken) throw new Error("It cannot be read.");
          return { content: "", picture: null };
        }),
      );
      const selections = given.map((files, index) =>
        files.map((each, place) => ({ ...each, type: "text/plain", name: `${index}-${place}.txt` })),
      );
      const said = new Set<string>();
      draft.subscribe(() => draft.getState().problems.forEach((problem) => said.add(problem)));
      const added = selections.map((files) => draft.add(files));
      await s.waitFor(Promise.all(added));
      const { list, isReading } = draft.getState();
      expect(isReading).toBe(false);
      expect(list.length).toBeLessThanOrEqual(limits.attachments);
      expect(list.reduce((total, { sizeBytes }) => total + sizeBytes, 0)).toBeLessThanOrEqual(limits.attachmentsBytes);
      for (const { name } of selections.flat()) {
        const isNamed = [...said].some((problem) => problem.startsWith(`${name} `));
        expect(list.some((each) => each.name === name)).toBe(!isNamed);
      }
    }),
  );
});

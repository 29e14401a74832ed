import { describe, expect, test } from "vitest";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import type { ReviewComment, ReviewCommentId } from "#lib/contracts/comparisons/review-comment.ts";
import type { Place } from "../session/review-changes.ts";
import { CommentSession } from "./comment-session.ts";

const place: Place = { path: "a.ts" as FilePath, side: "additions", first: 2, last: 3 };
const draftId = "R2-3 a.ts";
const draft = { draftId, place, commentId: null };
const edited = "c".repeat(32) as ReviewCommentId;

class Away extends Error {}

/** A browser's storage, and a server whose responses the test controls. */
function open(texts = new Map<string, string>()) {
  const log: unknown[] = [];
  const server = { error: null as Error | null };
  let ids = 0;
  const answer = async (call: unknown) => {
    log.push(call);
    if (server.error !== null) throw server.error;
  };
  const told: { kind: string; text: string; undo?: () => void }[] = [];
  const session = new CommentSession({
    base: "v1" as GenerationId,
    head: "v2" as GenerationId,
    ports: {
      storage: {
        read: (key) => texts.get(key) ?? null,
        write: ({ key, value }) => (value === null ? texts.delete(key) : texts.set(key, value)),
      },
      api: {
        create: ({ body, commentId }) => answer(["create", body, commentId]),
        edit: ({ body, commentId }) => answer(["edit", body, commentId]),
        remove: ({ commentId }) => answer(["remove", commentId]),
        refresh: async () => log.push("refresh"),
      },
      explain: (error) => ({ isAway: error instanceof Away, message: (error as Error).message }),
      tell: (news) => told.push(news),
      newId: () => String((ids += 1)).padStart(32, "0"),
    },
  });
  const type = (text: string) => session.store.putText({ draft, value: text });
  return { session, texts, log, server, told, type };
}

const first = "1".padStart(32, "0");

describe("a draft", () => {
  test("exists while its page is open, and survives a reload if it has text", () => {
    const { session, texts, type } = open();
    session.begin({ place, commentId: null });
    expect(session.listDrafts()).toEqual([draft]);
    expect(open(texts).session.listDrafts()).toEqual([]);
    type("Why?");
    expect(open(texts).session.listDrafts()).toEqual([draft]);
  });

  test("is closed on blur, and removed without text", () => {
    const { session, type } = open();
    session.begin({ place, commentId: null });
    session.leave(draft);
    expect(session.listDrafts()).toEqual([]);
    session.begin({ place, commentId: null });
    type("Why?");
    session.leave(draft);
    expect([...session.getState().folded]).toEqual([draftId]);
    session.begin({ place, commentId: null });
    expect([...session.getState().folded]).toEqual([]);
  });

  test("takes the focus once each time it is opened", () => {
    const { session } = open();
    session.begin({ place, commentId: null });
    expect([session.takeFocus(draft), session.takeFocus(draft)]).toEqual([true, false]);
    session.begin({ place, commentId: null });
    expect(session.takeFocus(draft)).toBe(true);
  });

  test("is restored with its text after being discarded", () => {
    const { session, told, type } = open();
    session.begin({ place, commentId: null });
    session.discard({ draft, text: "" });
    expect(told).toEqual([]);
    session.begin({ place, commentId: null });
    type("Why?");
    session.discard({ draft, text: "Why?" });
    expect([session.listDrafts(), told[0]?.text]).toEqual([[], "The draft is discarded."]);
    told[0]?.undo?.();
    expect([session.listDrafts(), session.store.textOf(draft)]).toEqual([[draft], "Why?"]);
  });
});

describe("saving", () => {
  test("creates a comment, or changes the text of an existing one", async () => {
    const { session, log } = open();
    session.begin({ place, commentId: null });
    await session.save({ draft, isNew: true, body: "Why?" });
    expect([log, session.listDrafts()]).toEqual([[["create", "Why?", first], "refresh"], []]);
    const other = { draftId: edited, place, commentId: edited };
    session.begin(other);
    await session.save({ draft: other, isNew: false, body: "How?" });
    await session.save({ draft: other, isNew: true, body: "Gone meanwhile" });
    expect(log.filter((call) => Array.isArray(call)).slice(1)).toEqual([
      ["edit", "How?", edited],
      ["create", "Gone meanwhile", "3".padStart(32, "0")],
    ]);
  });

  test("that fails keeps the draft with its error, and a retry saves the same comment", async () => {
    const { session, log, server, type } = open();
    session.begin({ place, commentId: null });
    type("Why?");
    server.error = new Error("Too long.");
    await session.save({ draft, isNew: true, body: "Why?" });
    expect(session.savingOf(draft)).toEqual({ isPending: false, error: server.error });
    expect([session.listDrafts(), session.store.queue()]).toEqual([[draft], []]);
    server.error = null;
    await session.save({ draft, isNew: true, body: "Why?" });
    expect(log.filter((call) => Array.isArray(call))).toEqual([
      ["create", "Why?", first],
      ["create", "Why?", first],
    ]);
    expect(session.savingOf(draft)).toEqual({ isPending: false, error: null });
  });
});

describe("while the server is unreachable", () => {
  async function wait() {
    const opened = open();
    const { session, server, type } = opened;
    session.begin({ place, commentId: null });
    type("Why?");
    server.error = new Away("No connection.");
    await session.save({ draft, isNew: true, body: "Why?" });
    return opened;
  }

  test("a draft waits without an error, and is saved once when the server is back", async () => {
    const { session, server, log } = await wait();
    expect(session.store.queue()).toEqual([{ draftId, commentId: first }]);
    expect(session.savingOf(draft)).toEqual({ isPending: false, error: null });
    await session.saveQueued();
    expect(session.store.queue()).toHaveLength(1);
    server.error = null;
    await session.saveQueued();
    await session.saveQueued();
    expect([session.store.queue(), session.listDrafts()]).toEqual([[], []]);
    expect(log.filter((call) => Array.isArray(call))).toEqual(Array(3).fill(["create", "Why?", first]));
  });

  test("another page sends waiting drafts under the same id", async () => {
    const { texts } = await wait();
    const later = open(texts);
    await later.session.saveQueued();
    expect(later.log).toEqual([["create", "Why?", first], "refresh"]);
  });

  test("a draft that is edited again is not saved automatically", async () => {
    const { session, server, log } = await wait();
    session.goOn(draft);
    server.error = null;
    await session.saveQueued();
    expect([session.store.queue(), log.length]).toEqual([[], 1]);
    await session.save({ draft, isNew: true, body: "Why so?" });
    expect(log[1]).toEqual(["create", "Why so?", first]);
  });

  test("a draft that the server refuses shows the error, and stays a draft", async () => {
    const { session, server, told } = await wait();
    server.error = new Error("The version is gone.");
    await session.saveQueued();
    expect([session.store.queue(), session.listDrafts()]).toEqual([[], [draft]]);
    expect(told).toEqual([{ kind: "error", text: "The version is gone. The comment is kept as a draft." }]);
  });
});

describe("removing", () => {
  const comment = {
    commentId: edited,
    path: place.path,
    side: place.side,
    firstLine: 2,
    lastLine: 3,
    body: "Why?",
  } as ReviewComment;

  test("is announced, and can be undone", async () => {
    const { session, log, told } = open();
    const removed = session.remove(comment);
    expect(session.getState().removingId).toBe(edited);
    await removed;
    expect([session.getState().removingId, told[0]?.text]).toEqual([null, "The comment on a.ts:2-3 is removed."]);
    told[0]?.undo?.();
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(log).toEqual([["remove", edited], "refresh", ["create", "Why?", first], "refresh"]);
  });

  test("a comment that cannot be restored becomes a draft", async () => {
    const { session, server, told } = open();
    await session.remove(comment);
    server.error = new Error("No room.");
    told[0]?.undo?.();
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect([session.listDrafts(), session.store.textOf(draft)]).toEqual([[draft], "Why?"]);
    expect(told[1]?.text).toBe("No room. Its text is kept as a draft.");
  });

  test("a comment that cannot be removed shows the error", async () => {
    const { session, server, told } = open();
    server.error = new Error("Not yours.");
    await session.remove(comment);
    expect([told, session.getState().removingId]).toEqual([[{ kind: "error", text: "Not yours." }], null]);
  });
});

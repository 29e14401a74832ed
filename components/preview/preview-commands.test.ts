import { expect, test } from "vitest";
import { listOffers } from "../review/session/commands/command-table.ts";
import { previewCommands } from "./preview-commands.ts";
import type { PreviewView } from "./preview-view.ts";

function offer(kind: PreviewView["kind"]) {
  const done: string[] = [];
  const note = (name: string) => () => void done.push(name);
  const offers = listOffers({
    commands: previewCommands,
    context: {
      kind,
      start: note("start"),
      stop: note("stop"),
      restart: note("restart"),
      reload: note("reload"),
      open: note("open"),
      goToAddress: note("address"),
    },
  });
  for (const { run } of offers) run();
  return done;
}

test("one command starts or stops the preview", () => {
  expect(offer("none")).toEqual(["start"]);
  expect(offer("failed")).toEqual(["start"]);
  expect(offer("starting")).toEqual(["stop"]);
});

test("commands for the page are available only while there is a page", () => {
  expect(offer("ready")).toEqual(["stop", "restart", "reload", "open", "address"]);
});

test("does not start an unconfirmed command, or one that cannot run on this host", () => {
  expect([...offer("ask"), ...offer("unavailable"), ...offer("loading")]).toEqual([]);
});

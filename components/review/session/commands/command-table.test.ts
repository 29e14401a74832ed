import { describe, expect, test } from "vitest";
import { bindCommands, listOffers, listShortcuts, type Command } from "./command-table.ts";

type Context = { log: string[]; canSave: boolean };

const commands: Command<Context>[] = [
  { id: "file", keys: ["j", "k"], does: "Next and previous file", step: ({ log }, by) => log.push(`step ${by}`) },
  {
    id: "save",
    keys: ["$mod+Enter"],
    does: "Save",
    label: "Save",
    when: ({ canSave }) => canSave,
    run: ({ log }) => log.push("save"),
  },
  { id: "leave", keys: ["Escape"], does: "Leave", run: () => false },
];

/** The part of an event that is read. */
function press() {
  const event = { isPrevented: false, preventDefault: () => (event.isPrevented = true) };
  return event as typeof event & KeyboardEvent;
}

describe("bindCommands", () => {
  test("the first key steps forward and the second back", () => {
    const context: Context = { log: [], canSave: false };
    const bindings = bindCommands({ commands, getContext: () => context });
    const events = [press(), press()];
    bindings["j"]?.(events[0] ?? press());
    bindings["k"]?.(events[1] ?? press());
    expect([context.log, events.map(({ isPrevented }) => isPrevented)]).toEqual([
      ["step 1", "step -1"],
      [true, true],
    ]);
  });

  test("an unavailable command passes its key on, and so does one that returns false", () => {
    const context: Context = { log: [], canSave: false };
    const bindings = bindCommands({ commands, getContext: () => context });
    const event = press();
    expect([bindings["$mod+Enter"]?.(event), bindings["Escape"]?.(event), event.isPrevented]).toEqual([
      false,
      false,
      false,
    ]);
    context.canSave = true;
    bindings["$mod+Enter"]?.(event);
    expect([context.log, event.isPrevented]).toEqual([["save"], true]);
  });
});

test("keys are listed in their readable form", () => {
  const keys = ["$mod+KeyF", "$mod+z", "Escape", "Shift+ArrowDown", "Shift+N", "F8", "]"];
  expect(listShortcuts([{ keys, does: "Act" }])).toEqual([
    { keys: ["mod+F", "mod+Z", "Esc", "Shift+↓", "Shift+N", "F8", "]"], does: "Act" },
  ]);
  expect(listShortcuts(commands)[1]).toEqual({ keys: ["mod+Enter"], does: "Save" });
});

test("the palette offers available commands with a label", () => {
  const context: Context = { log: [], canSave: true };
  const [offer, ...others] = listOffers({ commands, context });
  offer?.run();
  expect([offer?.label, offer?.key, others, context.log]).toEqual(["Save", "mod+Enter", [], ["save"]]);
  expect(listOffers({ commands, context: { ...context, canSave: false } })).toEqual([]);
});

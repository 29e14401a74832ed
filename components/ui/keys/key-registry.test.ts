import { expect, test } from "vitest";
import { createKeyRegistry, type KeyLevel } from "./key-registry.ts";

type Press = {
  key: string;
  code?: string;
  at?: number;
  shift?: boolean;
  control?: boolean;
  alt?: boolean;
  meta?: boolean;
  altGraph?: boolean;
  inField?: boolean;
  isComposing?: boolean;
};

/** A press as a browser dispatches it: Node has Event but no KeyboardEvent. */
class KeyPress extends Event {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
  readonly inField: boolean;
  readonly #altGraph: boolean;

  constructor({
    key,
    code = "",
    at = 0,
    shift = false,
    control = false,
    alt = false,
    meta = false,
    altGraph = false,
    inField = false,
    isComposing = false,
  }: Press) {
    super("keydown", { cancelable: true });
    Object.defineProperty(this, "timeStamp", { value: at });
    [
      this.key,
      this.code,
      this.shiftKey,
      this.ctrlKey,
      this.altKey,
      this.metaKey,
      this.isComposing,
      this.inField,
      this.#altGraph,
    ] = [key, code, shift, control, alt, meta, isComposing, inField, altGraph];
  }

  getModifierState(name: string): boolean {
    return (
      { Shift: this.shiftKey, Control: this.ctrlKey, Alt: this.altKey, Meta: this.metaKey, AltGraph: this.#altGraph }[
        name
      ] ?? false
    );
  }
}

function listen({ isApple = false }: { isApple?: boolean } = {}) {
  const registry = createKeyRegistry({ isTaken: (event) => (event as unknown as KeyPress).inField, isApple });
  const target = new EventTarget();
  target.addEventListener("keydown", registry.handle as unknown as EventListener);
  const acted: string[] = [];
  return {
    acted,
    bind: (level: KeyLevel, ...keys: (string | [string, false])[]) =>
      registry.add({
        level,
        bindings: new Map(
          keys.map((each) => {
            const [name, isHandled] = typeof each === "string" ? [each, true] : each;
            return [name, () => (acted.push(`${level} ${name}`), isHandled)];
          }),
        ),
      }),
    press: (...presses: (string | Press)[]) => {
      for (const each of presses) target.dispatchEvent(new KeyPress(typeof each === "string" ? { key: each } : each));
      return acted;
    },
  };
}

test("the second key of a sequence does nothing else, whichever binding came first", () => {
  const { bind, press } = listen();
  bind("page", "r", "p", "j");
  bind("project", "g r");
  bind("app", "g p");
  bind("page", "p");
  expect(press("g", "r", "g", "p", "j")).toEqual(["project g r", "app g p", "page j"]);
});

test("a wrong second key does nothing, and the next key works as usual", () => {
  const { bind, press } = listen();
  bind("page", "v", "r");
  bind("project", "g r");
  expect(press("g", "v", "v")).toEqual(["page v"]);
});

test("a wrong second key may start a sequence again", () => {
  const { bind, press } = listen();
  bind("page", "r");
  bind("project", "g r");
  expect(press("g", "g", "r")).toEqual(["project g r"]);
});

test("a sequence is abandoned after a second without a key", () => {
  const { bind, press } = listen();
  bind("page", "r");
  bind("project", "g r");
  expect(press({ key: "g", at: 0 }, { key: "r", at: 1_001 })).toEqual(["page r"]);
  expect(press({ key: "g", at: 5_000 }, { key: "r", at: 5_999 })).toEqual(["page r", "project g r"]);
});

test("named keys and commands work during a sequence, and Shift alone does not end it", () => {
  const { bind, press } = listen();
  bind("page", "Escape", "$mod+KeyK", "R");
  bind("project", "g Shift+R", "g r");
  expect(press("g", { key: "k", code: "KeyK", control: true }, "g", "Escape")).toEqual([
    "page $mod+KeyK",
    "page Escape",
  ]);
  expect(press("g", { key: "Shift", shift: true }, { key: "R", shift: true }).at(-1)).toBe("project g Shift+R");
});

test("the innermost level that handles a key stops it", () => {
  const { acted, bind, press } = listen();
  bind("app", "?", "i");
  const leave = bind("page", "i", ["?", false]);
  bind("project", "i");
  press("i", "?");
  expect(acted).toEqual(["page i", "page ?", "app ?"]);
  leave();
  press("i");
  expect(acted.at(-1)).toBe("project i");
});

test("in a field, only keys with a modifier work, and a sequence does not continue", () => {
  const { bind, press } = listen();
  bind("page", "r", "/", "$mod+KeyK");
  bind("project", "g r");
  expect(press({ key: "r", inField: true }, { key: "/", inField: true }, { key: "g", inField: true }, "r")).toEqual([
    "page r",
  ]);
  expect(press("g", { key: "r", inField: true }, { key: "k", code: "KeyK", control: true, inField: true })).toEqual([
    "page r",
    "page $mod+KeyK",
  ]);
});

test("a key used by an input method has no effect", () => {
  const { bind, press } = listen();
  bind("page", "j");
  expect(press({ key: "j", isComposing: true })).toEqual([]);
});

test.each<[string, string, Press]>([
  ["German, / at Shift+7", "/", { key: "/", code: "Digit7", shift: true }],
  ["German, ? at Shift+ß", "?", { key: "?", code: "Minus", shift: true }],
  ["German on Windows, [ at AltGr+8", "[", { key: "[", code: "Digit8", control: true, alt: true, altGraph: true }],
  ["German on Windows, ] at AltGr+9", "]", { key: "]", code: "Digit9", control: true, alt: true, altGraph: true }],
  ["German on Linux, ] at AltGr+9", "]", { key: "]", code: "Digit9", altGraph: true }],
  ["US, / alone", "/", { key: "/", code: "Slash" }],
  ["US, ? at Shift+/", "?", { key: "?", code: "Slash", shift: true }],
  ["French, a digit at Shift", "2", { key: "2", code: "Digit2", shift: true }],
  ["letters with CapsLock", "j", { key: "J", code: "KeyJ" }],
  ["a letter with Shift", "Shift+N", { key: "N", code: "KeyN", shift: true }],
])("%s", (_, keys, event) => {
  const { bind, press } = listen();
  bind("page", keys);
  expect(press(event)).toEqual([`page ${keys}`]);
});

test("on Apple systems, Option produces characters", () => {
  const option: Press = { key: "[", code: "Digit5", alt: true };
  for (const isApple of [true, false]) {
    const { bind, press } = listen({ isApple });
    bind("page", "[");
    expect(press(option)).toHaveLength(isApple ? 1 : 0);
  }
});

test.each<[string, string, Press]>([
  ["Ctrl+/ is a command", "/", { key: "/", code: "Slash", control: true }],
  ["⌘[ goes back", "[", { key: "[", code: "BracketLeft", meta: true }],
  ["Ctrl+R reloads", "r", { key: "r", code: "KeyR", control: true }],
  ["Shift+N is another key than n", "n", { key: "N", code: "KeyN", shift: true }],
  ["German, 7 is no /", "/", { key: "7", code: "Digit7" }],
])("%s", (_, keys, event) => {
  const { bind, press } = listen();
  bind("page", keys);
  expect(press(event)).toEqual([]);
});

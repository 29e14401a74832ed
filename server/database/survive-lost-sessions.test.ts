import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** A process in which a client without listeners emits this error; its exit code is 7 if it survived. */
function emit(error: string): number | null {
  const script = `
    import { EventEmitter } from "node:events";
    import { surviveLostSessions } from "#server/database/survive-lost-sessions.ts";
    surviveLostSessions();
    setTimeout(() => process.exit(7), 200);
    setTimeout(() => new EventEmitter().emit("error", ${error}), 10);`;
  return spawnSync(process.execPath, ["--input-type=module-typescript", "--eval", script], {
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
  }).status;
}

test.each([
  `Object.assign(new Error("terminating connection due to administrator command"), { code: "57P01" })`,
  `Object.assign(new Error("the database system is starting up"), { code: "57P03" })`,
  `Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" })`,
  `new Error("Connection terminated unexpectedly")`,
])("a process survives a lost session: %s", (error) => {
  expect(emit(error)).toBe(7);
});

test.each([`new Error("a bug")`, `Object.assign(new Error("deadlock"), { code: "40P01" })`])(
  "ends for any other uncaught error: %s",
  (error) => {
    expect(emit(error)).toBe(1);
  },
);

import { expect, test } from "vitest";
import { isFromThisMachine } from "./is-from-this-machine.ts";

test.each([
  [{}, true],
  [{ "x-forwarded-for": "127.0.0.1" }, true],
  [{ "x-forwarded-for": "::1" }, true],
  [{ "x-forwarded-for": "::ffff:127.0.0.1" }, true],
  [{ "x-forwarded-for": "192.168.1.7" }, false],
  [{ "x-forwarded-for": "203.0.113.9, 127.0.0.1" }, false],
  [{ "x-forwarded-for": "127.0.0.1, unknown" }, false],
  [{ "x-real-ip": "127.0.0.1" }, false],
  [{ forwarded: "for=127.0.0.1" }, false],
  [{ via: "1.1 proxy" }, false],
])("%o: %s", (headers, expected) => expect(isFromThisMachine(new Headers(headers as HeadersInit))).toBe(expected));

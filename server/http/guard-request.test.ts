import { describe, expect, test } from "vitest";
import { guardRequest } from "./guard-request.ts";

type Sent = { host: string; origin?: string; method?: string; "sec-fetch-site"?: string; "sec-fetch-dest"?: string };

const preview = "v8-0123456789abcdef0123456789abcdef.localhost";

function guard({ method = "POST", ...headers }: Sent): string {
  return guardRequest({ method, headers: new Headers(headers), host: "127.0.0.1" })?.code ?? "served";
}

describe("guardRequest", () => {
  test.each<Sent>([
    { host: "127.0.0.1:3000" },
    { host: "localhost:3000", origin: "http://localhost:3000" },
    { host: "[::1]:3000", origin: "http://[::1]:3000", "sec-fetch-site": "same-origin" },
    { host: "127.0.0.1:3000", method: "GET", "sec-fetch-site": "cross-site" },
    { host: "127.0.0.1:3000", method: "GET", "sec-fetch-site": "cross-site", "sec-fetch-dest": "document" },
    { host: "127.0.0.1:3000", method: "GET", "sec-fetch-site": "same-origin", "sec-fetch-dest": "image" },
  ])("serves %o", (headers) => {
    expect(guard(headers)).toBe("served");
  });

  test.each<Sent>([
    { host: "evil.example:3000" },
    { host: "127.0.0.1.evil.example" },
    { host: "127.0.0.1:3000", origin: "http://evil.example" },
    { host: "127.0.0.1:3000", origin: "http://127.0.0.1:4000" },
    { host: "127.0.0.1:3000", origin: "null" },
    { host: "127.0.0.1:3000", "sec-fetch-site": "cross-site" },
    { host: "evil.example", method: "GET" },
    { host: "127.0.0.1:3000", method: "GET", origin: "https://evil.example" },
    { host: "" },
  ])("refuses %o", (headers) => {
    expect(guard(headers)).toBe("FORBIDDEN_ORIGIN");
  });

  test.each<Sent>([
    { host: "127.0.0.1:3000", origin: `http://${preview}:4100` },
    { host: "localhost:3000", origin: `http://${preview}:3000` },
    { host: "localhost:3000", method: "GET", origin: `http://${preview}:3000` },
    { host: `${preview}:3000`, origin: `http://${preview}:3000` },
    { host: `${preview}:3000`, method: "GET" },
    { host: "localhost:3000", "sec-fetch-site": "cross-site" },
    { host: "localhost:3000", method: "GET", "sec-fetch-site": "cross-site", "sec-fetch-dest": "image" },
    { host: "localhost:3000", method: "GET", "sec-fetch-site": "cross-site", "sec-fetch-dest": "empty" },
    { host: "localhost:3000", method: "GET", "sec-fetch-site": "cross-site", "sec-fetch-dest": "iframe" },
    // The headers that a frame without an origin sends.
    { host: "localhost:3000", origin: "null" },
  ])("refuses requests from the page of a preview: %o", (headers) => {
    expect(guard(headers)).toBe("FORBIDDEN_ORIGIN");
  });
});

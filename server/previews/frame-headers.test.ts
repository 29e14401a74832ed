import { expect, test } from "vitest";
import { forwardHeaders, frameHeaders } from "./frame-headers.ts";

test("headers of one connection are removed, including those that it names", () => {
  expect(
    forwardHeaders(["Host", "a", "Connection", "keep-alive, X-Hop", "X-Hop", "1", "TE", "trailers", "Cookie", "b"]),
  ).toEqual(["Host", "a", "Cookie", "b"]);
});

test("only Graft can frame a page, whatever the page says", () => {
  const rawHeaders = [
    "X-Frame-Options",
    "SAMEORIGIN",
    "Content-Security-Policy",
    "frame-ancestors 'none'",
    "content-security-policy",
    "script-src 'self'; frame-ancestors https://a, img-src *",
    "Set-Cookie",
    "a=domain=1; domain=.localhost; Path=/",
  ];
  expect(frameHeaders({ rawHeaders, frameAncestors: ["http://127.0.0.1:3000", "http://localhost:3000"] })).toEqual([
    "content-security-policy",
    "script-src 'self', img-src *",
    "Set-Cookie",
    "a=domain=1; Path=/",
    "Content-Security-Policy",
    "frame-ancestors 'self' http://127.0.0.1:3000 http://localhost:3000",
  ]);
});

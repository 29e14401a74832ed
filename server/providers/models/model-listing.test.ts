import { expect, test } from "vitest";
import { createInstantClock } from "../testing/loopback-gateway.ts";
import { createModelListing } from "./model-listing.ts";

const lifeMs = 60_000;

/** A vendor that responds when the test says so, and a clock that only the test advances. */
function openListing() {
  const answers: ((names: string[]) => void)[] = [];
  let nowMs = 0;
  const listing = createModelListing({
    url: "http://models.test/models",
    headers: {},
    parse: (body) => (body as string[]).map((name) => ({ name })),
    lifeMs,
    clock: { ...createInstantClock(), now: () => nowMs },
    fetch: () => new Promise((resolve) => answers.push((names) => resolve(Response.json(names)))),
  });
  return {
    listing,
    answer: (...names: string[]) => answers.shift()?.(names),
    asked: () => answers.length,
    pass: (ms: number) => void (nowMs += ms),
  };
}

const listOf = (...names: string[]) => ({ status: "read", models: names.map((name) => ({ name })) });

test("a page does not wait for a vendor that does not respond, and the next one has its list", async () => {
  const { listing, answer, asked } = openListing();
  expect(await listing.peek()).toBeNull();
  expect(asked()).toBe(1);
  const whole = listing.read();
  answer("one");
  expect(await whole).toEqual(listOf("one"));
  expect(await listing.peek()).toEqual(listOf("one"));
});

test("an old list is shown while a new one is requested, once", async () => {
  const { listing, answer, asked, pass } = openListing();
  const first = listing.read();
  answer("one");
  await first;
  pass(lifeMs + 1);
  expect(await listing.peek()).toEqual(listOf("one"));
  expect(await listing.peek()).toEqual(listOf("one"));
  expect(asked()).toBe(1);
  const fresh = listing.read();
  answer("one", "two");
  expect(await fresh).toEqual(listOf("one", "two"));
  expect(await listing.peek()).toEqual(listOf("one", "two"));
});

import { expect, it } from "vitest";
import { createQueryClient } from "./query-client.ts";

/** A query whose requests are answered by the test, each with the text as it was when the request was sent. */
function createSource() {
  let text = "before";
  const waiting: (() => void)[] = [];
  return {
    change: () => void (text = "after"),
    answer: () => waiting.splice(0).forEach((reply) => reply()),
    query: {
      queryKey: ["run", "r1"],
      staleTime: 0,
      queryFn: () => {
        const sent = text;
        return new Promise<string>((resolve) => waiting.push(() => resolve(sent)));
      },
    },
  };
}

it.each([
  { during: "its first request", known: undefined },
  { during: "a refetch", known: "old" },
])("sends a new request if a query is invalidated during $during", async ({ known }) => {
  const client = createQueryClient();
  const source = createSource();
  client.setQueryData(source.query.queryKey, known);
  const loaded = client.fetchQuery(source.query);
  await Promise.resolve();
  source.change();
  const refreshed = client.invalidateQueries({ queryKey: ["run"] });
  source.answer();
  await refreshed;
  expect(await loaded).toBe("after");
  expect(client.getQueryData(source.query.queryKey)).toBe("after");
});

it("leaves requests of other queries alone", async () => {
  const client = createQueryClient();
  const source = createSource();
  const loaded = client.fetchQuery(source.query);
  await Promise.resolve();
  source.change();
  await client.invalidateQueries({ queryKey: ["project"] });
  source.answer();
  expect(await loaded).toBe("before");
});

it("ends with the error of the new request, without an unhandled one", async () => {
  const client = createQueryClient();
  let requests = 0;
  const failing = {
    queryKey: ["run", "r2"],
    retry: false,
    queryFn: () => Promise.reject(new Error(`request ${(requests += 1)}`)),
  };
  const loaded = client.fetchQuery(failing);
  await client.invalidateQueries({ queryKey: ["run"] });
  await expect(loaded).rejects.toThrow("request 2");
});

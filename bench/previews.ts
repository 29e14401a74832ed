import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openTestSandbox } from "#server/testing/open-test-sandbox.ts";
import { askPreview } from "#server/testing/preview-client.ts";
import { startPreviews, tinyServer, type StartedPreviews } from "#server/testing/started-previews.ts";
import { stopTestServer } from "#server/testing/test-database.ts";
import { formatMs, type BenchRow } from "./bench-table.ts";
import { median } from "./measure.ts";

const starts = 7;
const requests = 200;

/** The proxy's overhead between a browser and a version's program, and the time to its first response. */
export async function benchPreviews(): Promise<BenchRow[]> {
  const { reason, directory, remove } = await openTestSandbox();
  if (reason !== null) return [{ name: "previews", graft: "not measured", yardstick: "", note: reason }];
  const previews = await startPreviews({ dataDir: directory });
  try {
    return await bench(previews);
  } finally {
    await previews.close();
    await stopTestServer();
    await remove();
  }
}

async function bench(previews: StartedPreviews): Promise<BenchRow[]> {
  const { generationId } = await previews.importProject(tinyServer("bench"));
  // The first one fills the caches.
  const warm = await previews.start(generationId, "node server.mjs");
  const bridged = await timeRequests(warm.url ?? "");
  const startTimes: number[] = [];
  for (let round = 0; round < starts; round += 1) {
    const { previewId } = await previews.start(generationId);
    await previews.server.api.preview.stop({ previewId });
    await previews.waitFor(previewId, "STOPPED");
    const startedAt = performance.now();
    const { url } = await previews.start(generationId);
    await askPreview({ url: url ?? "" });
    startTimes.push(performance.now() - startedAt);
  }
  const bare = createServer((_request, response) => response.end("bare")).listen(0, "127.0.0.1");
  await new Promise((resolve) => bare.once("listening", resolve));
  const direct = await timeRequests(`http://127.0.0.1:${(bare.address() as AddressInfo).port}/`);
  bare.close();
  return [
    {
      name: "preview, first byte through the bridge",
      graft: formatMs(median(bridged)),
      yardstick: formatMs(median(direct)),
      note: "the same from a server without a sandbox",
    },
    {
      name: "preview, from the request to start it to its first answer, files cached",
      graft: formatMs(median(startTimes)),
      yardstick: "",
      note: "a server without packages; first paint of a cached preview is to come within 3 s",
    },
  ];
}

async function timeRequests(url: string): Promise<number[]> {
  const times: number[] = [];
  for (let count = 0; count < requests; count += 1) {
    const startedAt = performance.now();
    await askPreview({ url });
    times.push(performance.now() - startedAt);
  }
  return times;
}

import type { PreviewContainer } from "#server/container.ts";
import { logger } from "#server/logger.ts";
import { PreviewKeeper } from "#server/services/previews/working/preview-keeper.ts";
import { startPreviewListener, type PreviewListener } from "./preview-listener.ts";

type PreviewService = { port: number; close(): Promise<void> };

/** A poll beside the notifications, because some may be missed. */
const sweepEveryMs = 30_000;

/** Acts on the rows of previews and serves the programs, until it is closed. */
export async function startPreviewService({
  container,
  port,
  frameAncestors,
}: {
  container: PreviewContainer;
  /** 0 for any free port. */
  port: number;
  /** The origins of Graft's pages. */
  frameAncestors: readonly string[];
}): Promise<PreviewService> {
  let listener: PreviewListener | null = null;
  const keeper = new PreviewKeeper({ container, port: () => listener?.port ?? 0 });
  listener = await startPreviewListener({ port, frameAncestors, find: (token) => keeper.find(token) });
  const look = () => {
    keeper.look().catch((error: unknown) => logger.warn({ err: error }, "previews could not be looked for"));
  };
  const unsubscribe = container.notifications.subscribe({ channel: "graft_preview", listener: look });
  const sweep = setInterval(look, sweepEveryMs);
  // If the database is unreachable now, a later poll succeeds.
  look();
  return {
    port: listener.port,
    async close() {
      unsubscribe();
      clearInterval(sweep);
      await keeper.close();
      await listener.close();
    },
  };
}

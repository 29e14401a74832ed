import { sandboxOutput } from "#lib/contracts/versions/check.ts";
import { readSandbox } from "#server/services/checks/read-sandbox.ts";
import { procedure, router } from "../trpc.ts";

export const sandboxRouter = router({
  get: procedure.output(sandboxOutput).query(({ ctx }) => readSandbox(ctx)),
});

import type { ModelOutput } from "#lib/contracts/model.ts";
import { procedure, router } from "../trpc.ts";

export const modelRouter = router({
  list: procedure.query(async ({ ctx }): Promise<ModelOutput[]> => {
    const models = await ctx.container.models.list();
    return models.map((model) => ({ ...model, isDefault: model.modelId === ctx.container.defaultModelId }));
  }),
});

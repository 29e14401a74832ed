import {
  modelRemoveKeyInput,
  modelSetKeyInput,
  modelSetSpendingInput,
  modelTestInput,
  type ModelOutput,
} from "#lib/contracts/model.ts";
import { listProviders, removeProviderKey, setProviderKey } from "#server/services/operations/provider-keys.ts";
import { readSpending, setSpending } from "#server/services/operations/spending.ts";
import { testModel } from "#server/services/operations/test-model.ts";
import { procedure, router } from "../trpc.ts";

export const modelRouter = router({
  list: procedure.query(async ({ ctx }): Promise<ModelOutput[]> => {
    const models = await ctx.container.models.list();
    return models.map((model) => ({ ...model, isDefault: model.modelId === ctx.container.defaultModelId }));
  }),
  providers: procedure.query(({ ctx }) => listProviders(ctx)),
  setKey: procedure.input(modelSetKeyInput).mutation(({ ctx, input }) => setProviderKey({ ...ctx, input })),
  removeKey: procedure.input(modelRemoveKeyInput).mutation(({ ctx, input }) => removeProviderKey({ ...ctx, ...input })),
  test: procedure
    .input(modelTestInput)
    .mutation(({ ctx, input }) => testModel({ container: ctx.container, modelId: input.modelId })),
  spending: procedure.query(({ ctx }) => readSpending(ctx)),
  setSpending: procedure.input(modelSetSpendingInput).mutation(({ ctx, input }) => setSpending({ ...ctx, input })),
});

import { generationChecksInput, generationChecksOutput } from "#lib/contracts/versions/check.ts";
import { fileDiffInput, fileDiffsInput, generationDiffInput } from "#lib/contracts/comparisons/diff.ts";
import { generationEditInput } from "#lib/contracts/runs/edit-plan.ts";
import {
  generationActivateInput,
  generationAskInput,
  generationCountFilesInput,
  generationCreateInput,
  generationFileInput,
  generationGetInput,
  generationIterateBehindInput,
  generationIterateInput,
  generationListInput,
  generationMarkInput,
  generationMergeInput,
  generationMergePreviewInput,
  generationRelativesInput,
  generationRestoreFilesInput,
  generationRollbackInput,
} from "#lib/contracts/versions/generation.ts";
import { generationSearchInput } from "#lib/contracts/versions/search.ts";
import { readGenerationChecks } from "#server/services/checks/read-generation-checks.ts";
import { diffFile, diffFiles } from "#server/services/comparisons/diff-files.ts";
import { diffGenerations } from "#server/services/comparisons/diff-generations.ts";
import { readSchemaBrief } from "#server/services/comparisons/read-schema-brief.ts";
import { readSchemaDiff } from "#server/services/comparisons/read-schema-diff.ts";
import { activateGeneration } from "#server/services/versions/editing/activate-generation.ts";
import { editGeneration } from "#server/services/versions/editing/edit-generation.ts";
import { countGenerationFiles } from "#server/services/versions/count-generation-files.ts";
import { listGenerationFiles } from "#server/services/versions/list-generation-files.ts";
import { checkMerge } from "#server/services/versions/merging/check-merge.ts";
import { listMergeOrigins } from "#server/services/versions/merging/list-merge-origins.ts";
import { findVersions } from "#server/services/versions/find-versions.ts";
import { locateFile } from "#server/services/versions/locate-file.ts";
import { mergeGenerations, previewMerge } from "#server/services/versions/merging/merge-generations.ts";
import { planEdit } from "#server/services/versions/editing/plan-edit.ts";
import { readBrief } from "#server/services/versions/read-brief.ts";
import { suggestPrompts } from "#server/services/versions/suggest-prompts.ts";
import { readCodeSchema } from "#server/services/versions/read-code-schema.ts";
import { blameFile, readFileHistory } from "#server/services/comparisons/read-file-history.ts";
import { colourGenerationFile, readGenerationFile } from "#server/services/versions/read-generation-file.ts";
import { restoreFiles } from "#server/services/versions/editing/restore-files.ts";
import { rollBack } from "#server/services/versions/editing/roll-back.ts";
import { searchGeneration } from "#server/services/search/search-generation.ts";
import {
  submitBehind,
  submitCreation,
  submitIteration,
  submitQuestion,
} from "#server/services/runs/submitting/submit-run.ts";
import { findRelatives } from "#server/store/versions/generation-lists.ts";
import { readCommitId } from "#server/services/git/read-commit-id.ts";
import { getGeneration, getGenerationSummary, markGeneration } from "#server/store/versions/generations.ts";
import { serializeInSlices } from "../long-answers.ts";
import { procedure, router } from "../trpc.ts";

export const generationRouter = router({
  create: procedure.input(generationCreateInput).mutation(({ ctx, input }) => submitCreation({ ...ctx, input })),
  iterate: procedure.input(generationIterateInput).mutation(({ ctx, input }) => submitIteration({ ...ctx, input })),
  iterateBehind: procedure
    .input(generationIterateBehindInput)
    .mutation(({ ctx, input }) => submitBehind({ ...ctx, input })),
  ask: procedure.input(generationAskInput).mutation(({ ctx, input }) => submitQuestion({ ...ctx, input })),
  list: procedure.input(generationListInput).query(({ ctx, input }) => findVersions({ ...ctx, input })),
  relatives: procedure
    .input(generationRelativesInput)
    .query(({ ctx, input }) => findRelatives({ database: ctx.container.database, ownerId: ctx.ownerId, ...input })),
  commitId: procedure
    .input(generationGetInput)
    .query(({ ctx, input }) => readCommitId({ ...ctx, generationId: input.generationId })),
  get: procedure.input(generationGetInput).query(({ ctx, input }) =>
    getGeneration({
      database: ctx.container.database,
      treeObjects: ctx.container.treeObjects,
      generationId: input.generationId,
      ownerId: ctx.ownerId,
    }),
  ),
  summary: procedure
    .input(generationGetInput)
    .query(({ ctx, input }) =>
      getGenerationSummary({ database: ctx.container.database, ownerId: ctx.ownerId, ...input }),
    ),
  files: procedure.input(generationGetInput).query(({ ctx, input }) => listGenerationFiles({ ...ctx, ...input })),
  countFiles: procedure
    .input(generationCountFilesInput)
    .query(({ ctx, input }) => countGenerationFiles({ ...ctx, ...input })),
  file: procedure.input(generationFileInput).query(({ ctx, input }) => readGenerationFile({ ...ctx, ...input })),
  fileColours: procedure
    .input(generationFileInput)
    .query(({ ctx, input }) => colourGenerationFile({ ...ctx, ...input })),
  search: procedure
    .input(generationSearchInput)
    .query(({ ctx, input, signal }) => searchGeneration({ ...ctx, input, signal })),
  fileHistory: procedure.input(generationFileInput).query(({ ctx, input }) => readFileHistory({ ...ctx, ...input })),
  fileBlame: procedure.input(generationFileInput).query(({ ctx, input }) => blameFile({ ...ctx, ...input })),
  locateFile: procedure.input(generationFileInput).query(({ ctx, input }) => locateFile({ ...ctx, ...input })),
  diff: procedure.input(generationDiffInput).query(({ ctx, input }) => diffGenerations({ ...ctx, input })),
  schemaDiff: procedure.input(generationDiffInput).query(({ ctx, input }) => readSchemaDiff({ ...ctx, input })),
  schemaBrief: procedure.input(generationDiffInput).query(({ ctx, input }) => readSchemaBrief({ ...ctx, input })),
  brief: procedure.input(generationDiffInput).query(({ ctx, input }) => readBrief({ ...ctx, input })),
  checks: procedure
    .input(generationChecksInput)
    .output(generationChecksOutput)
    .query(({ ctx, input }) => readGenerationChecks({ ...ctx, ...input })),
  fileDiff: procedure.input(fileDiffInput).query(({ ctx, input }) => diffFile({ ...ctx, input })),
  fileDiffs: procedure.input(fileDiffsInput).query(({ ctx, input }) => diffFiles({ ...ctx, input })),
  mark: procedure.input(generationMarkInput).mutation(({ ctx, input: { generationId, label, isBookmarked } }) =>
    markGeneration({
      database: ctx.container.database,
      ownerId: ctx.ownerId,
      generationId,
      mark: { label: label === "" ? null : label, isBookmarked },
    }),
  ),
  activate: procedure
    .input(generationActivateInput)
    .mutation(({ ctx, input }) => activateGeneration({ ...ctx, input })),
  rollback: procedure.input(generationRollbackInput).mutation(({ ctx, input }) => rollBack({ ...ctx, input })),
  mergePreview: procedure.input(generationMergePreviewInput).query(({ ctx, input }) => previewMerge({ ...ctx, input })),
  mergeOrigins: procedure.input(generationGetInput).query(({ ctx, input }) => listMergeOrigins({ ...ctx, ...input })),
  // A mutation only because of its transport: the texts of decisions do not fit in a URL.
  checkMerge: procedure.input(generationMergeInput).mutation(({ ctx, input }) => checkMerge({ ...ctx, input })),
  merge: procedure.input(generationMergeInput).mutation(({ ctx, input }) => mergeGenerations({ ...ctx, input })),
  restoreFiles: procedure
    .input(generationRestoreFilesInput)
    .mutation(({ ctx, input }) => restoreFiles({ ...ctx, input })),
  edit: procedure.input(generationEditInput).mutation(({ ctx, input }) => editGeneration({ ...ctx, input })),
  // A mutation only because of its transport: the texts of an edit do not fit in a URL.
  planEdit: procedure.input(generationEditInput).mutation(({ ctx, input }) => planEdit({ ...ctx, input })),
  suggestedPrompts: procedure.input(generationGetInput).query(({ ctx, input }) => suggestPrompts({ ...ctx, ...input })),
  codeSchema: procedure
    .input(generationGetInput)
    .query(async ({ ctx, input }) =>
      serializeInSlices({ result: await readCodeSchema({ ...ctx, ...input }), longAnswers: ctx.longAnswers }),
    ),
});

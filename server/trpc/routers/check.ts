import {
  checkConfigureInput,
  checkHistoryInput,
  checkHistoryOutput,
  checkListInput,
  checkLogInput,
  checkLogOutput,
  checkRunInput,
  checkVersionsInput,
  checkVersionsOutput,
  generationChecksOutput,
  projectChecksOutput,
} from "#lib/contracts/versions/check.ts";
import { cancelChecks } from "#server/services/checks/cancel-checks.ts";
import { configureChecks } from "#server/services/checks/configure-checks.ts";
import { listProjectChecks } from "#server/services/checks/list-project-checks.ts";
import { readCheckHistory } from "#server/services/checks/read-check-history.ts";
import { readCheckLog } from "#server/services/checks/read-check-log.ts";
import { readCheckMarks } from "#server/services/checks/read-check-marks.ts";
import { runChecks } from "#server/services/checks/run-checks.ts";
import { procedure, router } from "../trpc.ts";

export const checkRouter = router({
  list: procedure
    .input(checkListInput)
    .output(projectChecksOutput)
    .query(({ ctx, input }) => listProjectChecks({ ...ctx, projectId: input.projectId })),
  configure: procedure
    .input(checkConfigureInput)
    .output(projectChecksOutput)
    .mutation(({ ctx, input }) => configureChecks({ ...ctx, input })),
  run: procedure
    .input(checkRunInput)
    .output(generationChecksOutput)
    .mutation(({ ctx, input }) => runChecks({ ...ctx, input })),
  cancel: procedure
    .input(checkRunInput)
    .output(generationChecksOutput)
    .mutation(({ ctx, input }) => cancelChecks({ ...ctx, input })),
  log: procedure
    .input(checkLogInput)
    .output(checkLogOutput)
    .query(({ ctx, input }) => readCheckLog({ ...ctx, input })),
  history: procedure
    .input(checkHistoryInput)
    .output(checkHistoryOutput)
    .query(({ ctx, input }) => readCheckHistory({ ...ctx, input })),
  versions: procedure
    .input(checkVersionsInput)
    .output(checkVersionsOutput)
    .query(({ ctx, input }) => readCheckMarks({ ...ctx, input })),
});

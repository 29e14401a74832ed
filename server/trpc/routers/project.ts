import { lastGreenOutput } from "#lib/contracts/versions/check.ts";
import { limits } from "#lib/contracts/limits.ts";
import {
  projectGetInput,
  projectPinInput,
  projectListInput,
  projectRenameInput,
  projectSetLockedPathsInput,
  projectSetShownSecretPathsInput,
} from "#lib/contracts/projects/project.ts";
import { projectThreadInput } from "#lib/contracts/runs/thread.ts";
import { findLastGreen } from "#server/services/checks/find-last-green.ts";
import { readThread } from "#server/services/versions/read-thread.ts";
import { projectSearchHistoryInput } from "#lib/contracts/versions/search.ts";
import { searchHistory } from "#server/services/search/search-history.ts";
import { changeProject, getProject, listProjects, noteProject, setProjectPaths } from "#server/store/projects.ts";
import { procedure, router } from "../trpc.ts";

export const projectRouter = router({
  list: procedure.input(projectListInput).query(({ ctx, input }) =>
    listProjects({
      database: ctx.container.database,
      ownerId: ctx.ownerId,
      isArchived: input?.isArchived ?? false,
      query: input?.query ?? "",
      order: input?.order ?? "changed",
      cursor: input?.cursor ?? null,
      limit: input?.limit ?? limits.pageSizeDefault,
    }),
  ),
  get: procedure
    .input(projectGetInput)
    .query(({ ctx, input }) =>
      getProject({ database: ctx.container.database, ownerId: ctx.ownerId, projectId: input.projectId }),
    ),
  open: procedure.input(projectGetInput).mutation(({ ctx, input }) =>
    noteProject({
      database: ctx.container.database,
      ownerId: ctx.ownerId,
      projectId: input.projectId,
      note: { openedAt: new Date() },
    }),
  ),
  pin: procedure.input(projectPinInput).mutation(({ ctx, input: { projectId, isPinned } }) =>
    noteProject({
      database: ctx.container.database,
      ownerId: ctx.ownerId,
      projectId,
      note: { pinnedAt: isPinned ? new Date() : null },
    }),
  ),
  thread: procedure.input(projectThreadInput).query(({ ctx, input }) => readThread({ ...ctx, input })),
  rename: procedure.input(projectRenameInput).mutation(({ ctx, input }) =>
    changeProject({
      database: ctx.container.database,
      ownerId: ctx.ownerId,
      projectId: input.projectId,
      change: { name: input.name },
    }),
  ),
  lastGreen: procedure
    .input(projectGetInput)
    .output(lastGreenOutput)
    .query(({ ctx, input }) => findLastGreen({ ...ctx, projectId: input.projectId })),
  searchHistory: procedure
    .input(projectSearchHistoryInput)
    .query(({ ctx, input, signal }) => searchHistory({ ...ctx, input, signal })),
  setLockedPaths: procedure.input(projectSetLockedPathsInput).mutation(({ ctx, input: { lockedPaths, ...input } }) =>
    setProjectPaths({
      database: ctx.container.database,
      ownerId: ctx.ownerId,
      projectId: input.projectId,
      name: "lockedPaths",
      paths: lockedPaths,
      expected: input.expected,
    }),
  ),
  setShownSecretPaths: procedure
    .input(projectSetShownSecretPathsInput)
    .mutation(({ ctx, input: { shownSecretPaths, ...input } }) =>
      setProjectPaths({
        database: ctx.container.database,
        ownerId: ctx.ownerId,
        projectId: input.projectId,
        name: "shownSecretPaths",
        paths: shownSecretPaths,
        expected: input.expected,
      }),
    ),
  archive: procedure.input(projectGetInput).mutation(({ ctx, input }) =>
    changeProject({
      database: ctx.container.database,
      ownerId: ctx.ownerId,
      projectId: input.projectId,
      change: { archivedAt: new Date() },
    }),
  ),
  unarchive: procedure.input(projectGetInput).mutation(({ ctx, input }) =>
    changeProject({
      database: ctx.container.database,
      ownerId: ctx.ownerId,
      projectId: input.projectId,
      change: { archivedAt: null },
    }),
  ),
});

import { limits } from "#lib/contracts/limits.ts";
import type { ImportObstacle } from "#lib/contracts/projects/project-import.ts";
import { AppError, type AppErrorCode } from "#lib/errors.ts";

/** A response lists this many; the rest is counted. */
export const maxListedObstacles = 1_000;

/** The refusal of an archive, with all its obstacles. */
export function refuseImport(obstacles: readonly ImportObstacle[]): AppError {
  const [first] = obstacles;
  const codes = new Set(obstacles.map(toCode));
  const [code] = codes;
  const limit = first?.limit;
  return new AppError({
    code: codes.size === 1 && code !== undefined ? code : "INVALID_ARCHIVE",
    message: describe(obstacles),
    details: {
      obstacles: obstacles.slice(0, maxListedObstacles),
      obstacleCount: obstacles.length,
      ...(first === undefined || first.path === "" ? {} : { path: first.path.slice(0, limits.pathBytes) }),
      ...(limit === undefined ? {} : { limit, maximum: limits[limit] }),
    },
  });
}

function toCode({ rule }: ImportObstacle): AppErrorCode {
  switch (rule) {
    case "path":
      return "INVALID_PATH";
    case "file-size":
    case "project-files":
    case "project-bytes":
      return "INPUT_TOO_LARGE";
    default:
      return "INVALID_ARCHIVE";
  }
}

function describe(obstacles: readonly ImportObstacle[]): string {
  const [first] = obstacles;
  const isOfFiles = obstacles.some(({ path }) => path !== "");
  const place = first === undefined || first.path === "" ? "" : `${JSON.stringify(first.path.slice(0, 200))}: `;
  const more = obstacles.length > 1 ? ` ${obstacles.length - 1} more of its entries cannot be in a project.` : "";
  const advice = isOfFiles ? " Correct the archive, or leave these entries out." : "";
  return `The archive cannot be a project as it is. ${place}${first?.message ?? ""}${more} Nothing was imported.${advice}`;
}

import type { RankedFile } from "../ranking/rank-files.ts";

/** A file that the model is shown: whole, or the parts that fit into `maxTokens`. */
export type ChosenFile = { path: string; depth: "full" | "part"; maxTokens: number; reason: string };

export type FileChoice = {
  chosen: ChosenFile[];
  /** Ranked just below the shown files, best first. */
  nextBest: { path: string; reason: string }[];
};

/** Files up to this size are shown whole or not at all: a part of a short file saves little and loses context. */
const minPartedTokens = 2_500;
/** A file that takes more of the budget than this is shown in parts, so that it leaves room for others. */
const maxShareOfFile = 0.6;
const shareOfParts = 0.15;
const minPartsTokens = 400;
const maxPartsTokens = 6_000;
/** Only the likeliest files are shown in parts. */
const maxPartedRank = 10;
const maxNextBest = 20;
const minRoomTokens = 60;
/** A project that takes at most this share of the budget is shown whole. */
const shareOfSmallProject = 0.5;

/**
 * Chooses the files that a model is shown within `budgetTokens`: ranked files in order, whole if they fit, in parts if
 * they are large and likely. Files without evidence are not shown, because they cost money and attention.
 */
export function chooseFiles({
  ranked,
  sizeTokens,
  budgetTokens,
}: {
  ranked: readonly RankedFile[];
  sizeTokens: (path: string) => number;
  budgetTokens: number;
}): FileChoice {
  const totalTokens = ranked.reduce((total, { path }) => total + sizeTokens(path), 0);
  if (totalTokens <= budgetTokens * shareOfSmallProject) return chooseAll({ ranked, sizeTokens });
  const chosen: ChosenFile[] = [];
  const nextBest: FileChoice["nextBest"] = [];
  let roomTokens = budgetTokens;
  for (const [rank, { path, reasons }] of ranked.entries()) {
    if (reasons.length === 0) continue;
    if (roomTokens < minRoomTokens && nextBest.length >= maxNextBest) break;
    const reason = reasons.join("; ");
    const tokens = sizeTokens(path);
    const partsTokens = Math.min(
      roomTokens,
      maxPartsTokens,
      Math.max(minPartsTokens, Math.floor(budgetTokens * shareOfParts)),
    );
    if (tokens <= roomTokens && tokens <= Math.max(minPartedTokens, budgetTokens * maxShareOfFile)) {
      chosen.push({ path, depth: "full", maxTokens: tokens, reason });
      roomTokens -= tokens;
    } else if (tokens > minPartedTokens && rank < maxPartedRank && partsTokens >= minPartsTokens) {
      chosen.push({ path, depth: "part", maxTokens: partsTokens, reason });
      roomTokens -= partsTokens;
    } else if (nextBest.length < maxNextBest) nextBest.push({ path, reason });
  }
  return { chosen, nextBest };
}

function chooseAll({
  ranked,
  sizeTokens,
}: {
  ranked: readonly RankedFile[];
  sizeTokens: (path: string) => number;
}): FileChoice {
  return {
    chosen: ranked.map(({ path, reasons }) => ({
      path,
      depth: "full",
      maxTokens: sizeTokens(path),
      reason: reasons.length === 0 ? "the project is small" : reasons.join("; "),
    })),
    nextBest: [],
  };
}

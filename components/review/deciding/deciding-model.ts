import { useMemo, useRef, useState } from "react";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import type { DiffSurfaceHandle, LineNote } from "../../diff-surface/surface-types.ts";
import { useLiveRegion } from "../../ui/states/live-region.tsx";
import type { UnchangedText } from "../data/unchanged-texts.ts";
import type { ReviewPatch } from "../data/review-patches.ts";
import { groupFindings, listFindings, type Finding } from "../findings/list-findings.ts";
import { useFindingSteps } from "../findings/finding-steps.ts";
import { useFoldedFiles } from "../session/files/folded-files.ts";
import { useReviewNavigation, type ReviewNavigation } from "../session/place/place.ts";
import { listChanges, parseLines } from "../session/review-changes.ts";
import { useReviewFind } from "../session/find/review-find.ts";
import { buildSurfaceItems } from "../session/files/surface-items.ts";
import type { Cause } from "./causes.ts";

/** The name of what F8 steps through, singular and plural. */
export type StepWords = readonly [one: string, many: string];

/** A set of changes that the user decides on. */
export type OpenChanges = {
  /** Names the set, as a key for cached rendering. */
  key: string;
  /** In display order. */
  files: readonly ReviewFile[];
  patches: ReadonlyMap<FilePath, ReviewPatch>;
  arePatchesComplete: boolean;
  patchError: unknown;
  onRetry: () => void;
  /** Why a file cannot be decided on, shown in its header. */
  problems?: ReadonlyMap<FilePath, string>;
  /** Files that can only be decided on as a whole. */
  wholePaths?: ReadonlySet<FilePath>;
  causes: readonly Cause[];
  issues: readonly ValidationIssue[];
  /** What must be decided before the result can be stored. It has its own notes at lines. */
  stops?: { list: readonly Finding[]; words: StepWords };
};

const none: ReadonlySet<FilePath> = new Set();
const noTexts: ReadonlyMap<FilePath, UnchangedText> = new Map();

const findingWords: StepWords = ["finding", "findings"];

/** The state of a deciding screen: position, folding, search and rendered notes. */
export function useDecidingModel(open: OpenChanges) {
  const { key, files, patches, arePatchesComplete, patchError, causes, issues, stops } = open;
  const surface = useRef<DiffSurfaceHandle>(null);
  const { region, say } = useLiveRegion();
  const [address, setAddress] = useState<{ file: string | null; L: string | null }>({ file: null, L: null });
  const [query, setQuery] = useState("");
  const focusSurface = () => surface.current?.focus();
  const paths = useMemo(() => files.map(({ path }) => path), [files]);
  const folding = useFoldedFiles({ files, viewedPaths: none });
  const { folded, fold } = folding;
  const { items, notes: fileNotes } = useMemo(
    () =>
      buildSurfaceItems({
        versions: key,
        files,
        patches,
        unchangedTexts: noTexts,
        collapsed: folded,
        hasFailed: patchError !== null,
      }),
    [key, files, patches, folded, patchError],
  );
  const changes = useMemo(() => listChanges(items), [items]);
  const unfold = (path: FilePath) => fold({ paths: [path], isFolded: false });
  const lines = parseLines(address.L);
  const navigation = useReviewNavigation({
    surface,
    files,
    changes,
    areAllKnown: arePatchesComplete,
    address: {
      file: address.file,
      lines: lines === null || address.file === null ? null : { path: address.file as FilePath, ...lines },
    },
    collapsed: folded,
    viewedPaths: none,
    isOnSurface: () => true,
    reveal: unfold,
    onAddress: ({ file, L }) => setAddress({ file, L }),
    say,
  });
  const find = useReviewFind({
    shown: files,
    patches,
    query,
    currentPath: address.file,
    onQueryChange: setQuery,
    onGoTo: navigation.goToPlace,
    onClosed: focusSurface,
  });
  const fileByPath = useMemo(() => new Map<string, ReviewFile>(files.map((file) => [file.path, file])), [files]);
  const found = useFoundIssues({ issues, paths, fileByPath });
  const { list: steps, words: stepWords } =
    stops !== undefined && stops.list.length > 0 ? stops : { list: found.findings, words: findingWords };
  const { stepFinding, goToFinding } = useFindingSteps({
    findings: steps,
    word: stepWords[0].charAt(0).toUpperCase() + stepWords[0].slice(1),
    paths,
    navigation,
    onGoTo: ({ path, line, hunk }, said) => {
      const file = fileByPath.get(path);
      unfold(path);
      const change = hunk === undefined ? undefined : changes.find((each) => each.path === path && each.index === hunk);
      if (change !== undefined) {
        navigation.goToPlace(change, { isJump: true });
        say(said);
      } else if (line === 0 || file === undefined) navigation.goToFile(file, { said, isJump: true });
      else {
        navigation.goToPlace({ path, side: sideOf(file), first: line, last: line }, { isJump: true });
        say(said);
      }
    },
    say,
  });
  return {
    surface,
    region,
    say,
    focusSurface,
    paths,
    folding,
    items,
    fileNotes,
    changes,
    navigation,
    find,
    fileByPath,
    ...found,
    /** What F8 steps through: what is open, and once nothing is, the findings. */
    steps,
    stepWords,
    stepFinding,
    goToFinding,
    ...useAim({ navigation, causes, fileByPath }),
  };
}

export type DecidingModel = ReturnType<typeof useDecidingModel>;

/** The findings at their lines, and those in unchanged files. */
function useFoundIssues({
  issues,
  paths,
  fileByPath,
}: {
  issues: readonly ValidationIssue[];
  paths: readonly FilePath[];
  fileByPath: ReadonlyMap<string, ReviewFile>;
}) {
  const all = useMemo(() => listFindings({ issues, paths }), [issues, paths]);
  const findings = useMemo(() => all.filter(({ path }) => fileByPath.has(path)), [all, fileByPath]);
  return {
    findings,
    findingsByPath: useMemo(() => groupFindings(findings), [findings]),
    /** In unchanged files. */
    outside: useMemo(() => all.filter(({ path }) => !fileByPath.has(path)), [all, fileByPath]),
    findingNotes: useMemo(
      () => findings.flatMap((finding): LineNote[] => toNote({ finding, file: fileByPath.get(finding.path) })),
      [findings, fileByPath],
    ),
  };
}

/** Whether a cause, or all changes, is the current target, until the user moves on. */
function useAim({
  navigation,
  causes,
  fileByPath,
}: {
  navigation: ReviewNavigation;
  causes: readonly Cause[];
  fileByPath: ReadonlyMap<string, ReviewFile>;
}) {
  const [aim, setAim] = useState<{ index: number; path: FilePath | null } | null>(null);
  const { current, selection } = navigation;
  const isThere = aim !== null && selection === null && (current?.path ?? null) === aim.path;
  return {
    /** The current cause by its index in the list: 0 is all, null a place among the lines. */
    aimedAt: isThere ? aim.index : null,
    aimAt: (index: number) => {
      const first = causes[index - 1]?.paths[0];
      const file = index === 0 ? current : fileByPath.get(first ?? "");
      if (index > 0) navigation.goToFile(file ?? undefined, { isJump: true });
      else navigation.leaveSelection();
      setAim({ index, path: file?.path ?? null });
    },
  };
}

/** A deleted file only has the old side. */
function sideOf(file: ReviewFile): "additions" | "deletions" {
  return file.status === "deleted" ? "deletions" : "additions";
}

function toNote({
  finding: { key, path, line },
  file,
}: {
  finding: Finding;
  file: ReviewFile | undefined;
}): LineNote[] {
  return file === undefined ? [] : [{ id: path, side: sideOf(file), line, key }];
}

"use client";

import { Popover } from "@base-ui/react/popover";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState, type RefObject } from "react";
import type { GenerationOutput, GenerationRelativesOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { kindWords } from "../../generation/kind-words.ts";
import { Badge } from "../../ui/badge.tsx";
import { isPressOf } from "../../ui/keys/is-press-of.ts";
import { PickList } from "../../ui/menus/pick-list.tsx";
import { relate } from "./relate-versions.ts";

const pageSize = 50;

/** Aligned with the left edge of the file list: a partly covered field would be too small a target. */
const coverPx = -12;

type Choosing = {
  projectId: ProjectId;
  side: "Base" | "Head";
  version: GenerationOutput;
  other: GenerationOutput;
  onChoose: (generationId: GenerationId) => void;
};

/**
 * Finds any version of the project by number, label, commit id or words of its prompt. Nothing happens until one is
 * chosen.
 */
export function VersionPopup({
  trigger,
  isOpen,
  onOpenChange,
  ...choosing
}: Choosing & {
  trigger: RefObject<HTMLButtonElement | null>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}) {
  return (
    <Popover.Root
      open={isOpen}
      onOpenChange={(next, { event, cancel }) => {
        if (!next && isPressOf(trigger.current, event)) cancel();
        else onOpenChange(next);
      }}
    >
      <Popover.Portal>
        <Popover.Positioner
          anchor={trigger}
          sideOffset={4}
          align="start"
          alignOffset={coverPx}
          collisionPadding={8}
          className="z-50 outline-none"
        >
          <Popover.Popup
            aria-label={`${choosing.side} version`}
            finalFocus={trigger}
            className="w-110 max-w-[calc(100vw-16px)] overflow-hidden rounded-md border bg-raised shadow-raised outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            <VersionChoice {...choosing} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function VersionChoice({ projectId, side, version, other, onChoose }: Choosing) {
  const trpc = useTRPC();
  const [text, setText] = useState("");
  const query = text.trim();
  const relatives = useQuery(
    trpc.generation.relatives.queryOptions({
      generationId: other.generationId,
      otherGenerationId: version.generationId,
    }),
  );
  const versions = useInfiniteQuery(
    trpc.generation.list.infiniteQueryOptions(
      { projectId, query, limit: pageSize },
      { getNextPageParam: ({ nextCursor }) => nextCursor, placeholderData: keepPreviousData },
    ),
  );
  const [answered, setAnswered] = useState(query);
  if (!versions.isPlaceholderData && answered !== query) setAnswered(query);

  const toOption = ({ to, group }: { to: GenerationOutput; group: string }) => ({
    key: `${group}-${to.version}`,
    content: <VersionLine version={to} note={describe({ to, version, other })} />,
    onPick: () => onChoose(to.generationId),
  });
  const found = versions.data?.pages.flatMap(({ items }) => items) ?? [];
  const more = {
    key: "more",
    content: versions.isFetchingNextPage ? "Loading older versions" : "Show older versions",
    onPick: () => void versions.fetchNextPage(),
  };
  const presets =
    answered === "" && relatives.data !== undefined ? listPresets({ ...relatives.data, version, other }) : [];
  const groups = [
    ...presets.map(({ key, heading, offered }) => ({
      heading,
      options: offered.map((to) => toOption({ to, group: key })),
    })),
    {
      heading: answered === "" ? "All versions" : "Found",
      options: [...found.map((to) => toOption({ to, group: "all" })), ...(versions.hasNextPage ? [more] : [])],
    },
  ];
  return (
    <PickList
      label={`${side} version`}
      text={text}
      onTextChange={setText}
      placeholder="Number, label, commit id or words of the prompt"
      answeredText={answered}
      groups={groups.filter(({ options }) => options.length > 0)}
      empty={
        versions.error !== null
          ? readAppError(versions.error).message
          : versions.data === undefined
            ? "Loading the versions."
            : "No version fits."
      }
    />
  );
}

function listPresets({
  parents,
  active,
  siblings,
  commonAncestor,
  version,
  other,
}: GenerationRelativesOutput & { version: GenerationOutput; other: GenerationOutput }) {
  const isBetween =
    commonAncestor !== null &&
    commonAncestor.generationId !== version.generationId &&
    commonAncestor.generationId !== other.generationId;
  return [
    { key: "parent", heading: `Parent of v${other.version}`, offered: parents },
    { key: "active", heading: "Active", offered: active === null ? [] : [active] },
    { key: "sibling", heading: `Siblings of v${other.version}`, offered: siblings },
    { key: "ancestor", heading: "Common ancestor", offered: isBetween ? [commonAncestor] : [] },
  ];
}

function describe({
  to,
  version,
  other,
}: {
  to: GenerationOutput;
  version: GenerationOutput;
  other: GenerationOutput;
}): string {
  const notes = [
    to.generationId === version.generationId
      ? "chosen now"
      : to.generationId === other.generationId
        ? "the other side"
        : null,
    to.isHead ? "active" : null,
    relate({ to: other, other: to }),
  ];
  return notes.filter((note) => note !== null).join(", ");
}

function VersionLine({ version: { version, label, prompt, kind }, note }: { version: GenerationOutput; note: string }) {
  return (
    <>
      <span className="shrink-0 font-medium tabular-nums">v{version}</span>
      {label !== null && <Badge tone="caution">{label}</Badge>}
      <span className="min-w-0 flex-1 truncate text-muted">{prompt ?? kindWords[kind]}</span>
      {note !== "" && <span className="shrink-0 text-xs text-muted">{note}</span>}
    </>
  );
}

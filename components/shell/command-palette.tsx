"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useTheme } from "next-themes";
import { useParams, useRouter } from "next/navigation";
import { useState } from "react";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { ProjectOutput } from "#lib/contracts/projects/project.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import {
  checksHref,
  archiveHref,
  compareHref,
  editHref,
  filesHref,
  generationHref,
  historyHref,
  iterateHref,
  previewHref,
  projectHref,
  reviewHref,
  runsHref,
  schemaHref,
  searchHistoryHref,
} from "#lib/hrefs.ts";
import { rankPaths } from "../files/rank-paths.ts";
import { useCopyCommitId } from "../generation/commit/copy-commit-id.ts";
import { useModifierKey } from "../ui/keys/key-hint.tsx";
import { CommandField } from "../ui/menus/command-field.tsx";
import { FieldDialog } from "../ui/overlays/field-dialog.tsx";
import { lazyDialog } from "../ui/overlays/lazy-dialog.tsx";
import { listOfferedCommands } from "../ui/keys/offered-commands.ts";
import { BestMatchFirst } from "./best-match-first.tsx";
import { Entry } from "./palette-entry.tsx";
import { Group } from "./palette-group.tsx";
import { VersionEntries } from "./version-entries.tsx";

// Loaded on demand: few visits open it.
const RollbackDialog = lazyDialog(() =>
  import("../generation/rollback/rollback-dialog.tsx").then((module) => module.RollbackDialog),
);

const SearchDialog = lazyDialog(() => import("../search/search-dialog.tsx").then((module) => module.SearchDialog));

type GenerationPlace = { projectId: ProjectId; generationId: GenerationId };

const maxProjects = 200;

/** Ctrl+P finds more files. */
const maxFiles = 12;

/** All pages and the common actions, found by typing. */
export function CommandPalette({
  isOpen,
  onOpenChange,
  onKeyHelp,
}: {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onKeyHelp: () => void;
}) {
  const [rollback, setRollback] = useState<GenerationPlace | null>(null);
  const [searched, setSearched] = useState<GenerationPlace | null>(null);
  const close = () => onOpenChange(false);
  return (
    <>
      <FieldDialog
        title="Search and commands"
        isOpen={isOpen}
        onOpenChange={onOpenChange}
        className="top-[12vh] max-w-140"
      >
        <Commands
          onDone={close}
          onKeyHelp={() => {
            close();
            onKeyHelp();
          }}
          onRollBack={(place) => {
            close();
            setRollback(place);
          }}
          onSearch={(place) => {
            close();
            setSearched(place);
          }}
        />
      </FieldDialog>
      {rollback !== null && <RollbackTo {...rollback} onClose={() => setRollback(null)} />}
      {searched !== null && (
        <SearchDialog {...searched} isOpen onOpenChange={(isOpen) => !isOpen && setSearched(null)} />
      )}
    </>
  );
}

/** Mounted while the palette is open, so that it always opens empty. */
function Commands(acts: Omit<Parameters<typeof Entries>[0], "query">) {
  const [query, setQuery] = useState("");
  const [selected, setSelected] = useState("");
  return (
    <Command label="Search and commands" loop value={selected} onValueChange={setSelected}>
      <CommandField value={query} onChange={setQuery} placeholder="Go to a project or page, or run an action" />
      <Command.List className="max-h-[50vh] overflow-y-auto p-1">
        <BestMatchFirst onBest={setSelected} />
        <Command.Empty className="px-3 py-6 text-center text-sm text-muted">Nothing matches.</Command.Empty>
        <Entries query={query} {...acts} />
      </Command.List>
    </Command>
  );
}

function Entries({
  query,
  onDone,
  onKeyHelp,
  onRollBack,
  onSearch,
}: {
  query: string;
  onDone: () => void;
  onKeyHelp: () => void;
  onRollBack: (place: GenerationPlace) => void;
  onSearch: (place: GenerationPlace) => void;
}) {
  const router = useRouter();
  const trpc = useTRPC();
  const { setTheme } = useTheme();
  const projects = useQuery(trpc.project.list.queryOptions({ limit: maxProjects, order: "opened" }));
  const params = useParams<{ project?: string; generation?: string }>();
  const { data: current } = useQuery(
    trpc.project.get.queryOptions(params.project === undefined ? skipToken : { projectId: params.project }),
  );
  const viewedId = (params.generation as GenerationId | undefined) ?? current?.headGenerationId ?? null;
  const viewed =
    current === undefined || viewedId === null ? null : { projectId: current.projectId, generationId: viewedId };
  const go = (href: string) => () => {
    onDone();
    router.push(href);
  };
  // The commands of the page in view, captured when the palette opened.
  const [offered] = useState(listOfferedCommands);
  const modifier = useModifierKey();
  return (
    <>
      {offered.map(({ heading, commands }) => (
        <Group key={heading} heading={heading}>
          {commands.map(({ id, label, key, run }) => (
            <Entry
              key={id}
              id={`${heading} ${id}`}
              name={label}
              {...(key === null ? {} : { note: key.replace("mod+", modifier === "⌘" ? "⌘" : "Ctrl+") })}
              onSelect={() => {
                onDone();
                // After the palette closes, which first returns the focus to the page.
                requestAnimationFrame(() => run());
              }}
            />
          ))}
        </Group>
      ))}
      {current !== undefined && (
        <Group heading={current.name}>
          <ProjectEntries
            project={current}
            viewedId={(params.generation as GenerationId | undefined) ?? null}
            go={go}
            onDone={onDone}
            onRollBack={onRollBack}
            onSearch={onSearch}
          />
        </Group>
      )}
      {viewed !== null && query.trim() !== "" && <FileEntries {...viewed} query={query} go={go} />}
      {current !== undefined && (
        <VersionEntries project={current} query={query.trim()} go={go} onRollBack={onRollBack} />
      )}
      <Group heading="Go to">
        <Entry name="Projects" onSelect={go("/")} />
        <Entry name="New project" onSelect={go("/new")} />
        <Entry name="Archived projects" onSelect={go("/?archived=true")} />
        <Entry name="Settings" onSelect={go("/settings")} />
        <Entry name="Keys" note="?" onSelect={onKeyHelp} />
      </Group>
      <Group heading="Projects">
        {projects.data?.items.map(({ projectId, name, headVersion }) => (
          <Entry
            key={projectId}
            name={name}
            id={projectId}
            note={headVersion === null ? "no version yet" : `v${headVersion}`}
            onSelect={go(projectHref(projectId))}
          />
        ))}
      </Group>
      <Group heading="Appearance">
        {(["light", "dark", "system"] as const).map((theme) => (
          <Entry
            key={theme}
            name={`Theme: ${theme}`}
            onSelect={() => {
              setTheme(theme);
              onDone();
            }}
          />
        ))}
      </Group>
    </>
  );
}

function ProjectEntries({
  project: { projectId, headGenerationId, headVersion },
  viewedId,
  go,
  onDone,
  onRollBack,
  onSearch,
}: {
  project: ProjectOutput;
  /** The version shown on this page. */
  viewedId: GenerationId | null;
  go: (href: string) => () => void;
  onDone: () => void;
  onRollBack: (place: GenerationPlace) => void;
  onSearch: (place: GenerationPlace) => void;
}) {
  const generationId = viewedId ?? headGenerationId;
  if (generationId === null) return <Entry name="Open project" onSelect={go(projectHref(projectId))} />;
  const place = { projectId, generationId };
  const isOlder = viewedId !== null && headGenerationId !== null && viewedId !== headGenerationId;
  return (
    <>
      {isOlder && (
        <>
          <Entry name="Roll back to this version" onSelect={() => onRollBack(place)} />
          <Entry
            name="Compare with active"
            note={`v${headVersion}`}
            onSelect={go(compareHref({ projectId, base: viewedId, head: headGenerationId }))}
          />
          <Entry name="Iterate from here" onSelect={go(iterateHref(place))} />
        </>
      )}
      <Entry name="Details" onSelect={go(generationHref(place))} />
      <Entry name="Review changes" onSelect={go(reviewHref(place))} />
      {!isOlder && <Entry name="Iterate" onSelect={go(iterateHref(place))} />}
      <Entry name="Files" onSelect={go(filesHref(place))} />
      <Entry name="Search in files" note="Ctrl+Shift+F" onSelect={() => onSearch(place)} />
      <Entry name="New file" onSelect={go(editHref(place))} />
      <Entry name="Schema" onSelect={go(schemaHref(place))} />
      <Entry name="Checks" onSelect={go(checksHref(place))} />
      <Entry name="Preview" onSelect={go(previewHref(place))} />
      <Entry name="History" onSelect={go(historyHref(projectId))} />
      <Entry
        name="Search all versions"
        note="when a text appeared or went"
        onSelect={go(searchHistoryHref({ projectId }))}
      />
      <Entry name="Runs" onSelect={go(runsHref(projectId))} />
      {!isOlder && (
        <Entry name="Roll back" note="choose a version in the history" onSelect={go(historyHref(projectId))} />
      )}
      <Entry name="Download zip" onSelect={() => window.location.assign(archiveHref(generationId))} />
      <CopyCommitEntry generationId={generationId} onDone={onDone} />
    </>
  );
}

/** The roll back dialog, compared with the version that is active now. */
function RollbackTo({ projectId, generationId, onClose }: GenerationPlace & { onClose: () => void }) {
  const trpc = useTRPC();
  const { data: project } = useQuery(trpc.project.get.queryOptions({ projectId }));
  const { data: target } = useQuery(trpc.generation.summary.queryOptions({ generationId }));
  if (
    target === undefined ||
    project === undefined ||
    project.headGenerationId === null ||
    project.headVersion === null
  )
    return null;
  return (
    <RollbackDialog
      projectId={projectId}
      target={target}
      head={{ generationId: project.headGenerationId, version: project.headVersion }}
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
    />
  );
}

/** Files of the version in view whose paths match the query. */
function FileEntries({
  projectId,
  generationId,
  query,
  go,
}: GenerationPlace & { query: string; go: (href: string) => () => void }) {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.generation.files.queryOptions({ generationId }, { staleTime: Number.POSITIVE_INFINITY }),
  );
  const paths = rankPaths({ paths: data?.items.map(({ path }) => path) ?? [], query, limit: maxFiles });
  if (paths.length === 0) return null;
  return (
    <Group heading="Files">
      {paths.map((path) => (
        <Entry key={path} name={path} onSelect={go(filesHref({ projectId, generationId, path }))} />
      ))}
    </Group>
  );
}

function CopyCommitEntry({ generationId, onDone }: { generationId: GenerationId; onDone: () => void }) {
  const trpc = useTRPC();
  const copyCommitId = useCopyCommitId();
  const { data: generation } = useQuery(trpc.generation.summary.queryOptions({ generationId }));
  if (generation === undefined) return null;
  return (
    <Entry
      name="Copy commit id"
      note={`v${generation.version}`}
      onSelect={() => {
        onDone();
        void copyCommitId(generation);
      }}
    />
  );
}

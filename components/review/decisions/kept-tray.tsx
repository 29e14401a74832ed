import { useQuery } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../../ui/button.tsx";
import { ModifierKeyHint } from "../../ui/keys/key-hint.tsx";
import type { KeepWords } from "./keep-words.ts";
import { describeKeptOld, type KeptOld } from "./kept-old.ts";

/**
 * The changes that the user keeps old, collected until they are saved as a version. It is below the surface, but
 * precedes it in the tab order, because the surface has hundreds of controls.
 */
export function KeptTray({
  kept,
  words,
  projectId,
  head,
  isPending,
  onMake,
  onUndo,
  onClear,
}: {
  kept: KeptOld;
  words: KeepWords;
  projectId: ProjectId;
  head: Pick<GenerationOutput, "version" | "isHead">;
  isPending: boolean;
  onMake: () => void;
  onUndo: () => void;
  onClear: () => void;
}) {
  const trpc = useTRPC();
  const { data: project } = useQuery(trpc.project.get.queryOptions({ projectId }));
  if (kept.size === 0) return null;
  return (
    <section
      aria-label={words.heading}
      className="order-last flex flex-wrap items-center gap-x-3 gap-y-2 border-t bg-surface px-3 py-2 text-sm"
    >
      <p role="status" className="min-w-48 flex-1">
        <strong className="font-medium">{describeKeptOld(kept)}</strong> {words.kept}.{" "}
        <span className="text-muted">
          {head.isHead
            ? `Saving makes a new version; v${head.version} stays.`
            : `v${head.version} is not active, so saving starts a branch from it.`}
        </span>
      </p>
      <Button size="sm" look="ghost" onClick={onClear}>
        Clear
      </Button>
      <Button size="sm" onClick={onUndo}>
        <Undo2 aria-hidden />
        Undo
      </Button>
      <Button size="sm" look="primary" isPending={isPending} onClick={onMake}>
        {project === undefined ? "Save" : `Save as v${project.generationCount + 1}`}
      </Button>
      <span className="max-md:hidden">
        <ModifierKeyHint name="Enter" />
      </span>
    </section>
  );
}

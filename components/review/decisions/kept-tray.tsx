import { Undo2 } from "lucide-react";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import { Button } from "../../ui/button.tsx";
import { ModifierKeyHint } from "../../ui/key-hint.tsx";
import { describeKept, type KeptChoice } from "./kept-choice.ts";

/**
 * What was chosen to be the parent's again, collected until a person makes a version of it. Nothing changes before. It
 * is seen below the surface and comes before it for Tab, which has hundreds of controls.
 */
export function KeptTray({
  choice,
  head,
  isPending,
  onMake,
  onUndo,
  onClear,
}: {
  choice: KeptChoice;
  head: Pick<GenerationOutput, "version" | "isHead">;
  isPending: boolean;
  onMake: () => void;
  onUndo: () => void;
  onClear: () => void;
}) {
  if (choice.size === 0) return null;
  return (
    <section
      aria-label="Kept from the parent"
      className="order-last flex flex-wrap items-center gap-x-3 gap-y-2 border-t bg-surface px-3 py-2 text-sm"
    >
      <p role="status" className="min-w-48 flex-1">
        <strong className="font-medium">{describeKept(choice)}</strong> as in the parent.{" "}
        <span className="text-muted">
          {head.isHead
            ? `A new version is made; v${head.version} stays.`
            : `v${head.version} is not active, so the new version starts a branch.`}
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
        Make version
      </Button>
      <span className="max-md:hidden">
        <ModifierKeyHint name="Enter" />
      </span>
    </section>
  );
}

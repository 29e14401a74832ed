"use client";

import { Dialog } from "../ui/overlays/dialog.tsx";
import { Link } from "../ui/link.tsx";
import { KeyGroups } from "./key-groups.tsx";
import { keyGroups, type KeyGroup } from "./key-list.ts";

/** The keys of some pages, and where to change them. */
export function KeyHelp({ groups = keyGroups, onClose }: { groups?: readonly KeyGroup[]; onClose: () => void }) {
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="lg"
      title="Keys"
      description={
        <>
          Keys without a modifier do nothing while you type.{" "}
          <Link href="/settings" onClick={onClose} className="underline">
            Change them or switch them off in the settings
          </Link>
          .
        </>
      }
    >
      {/* The list is longer than most windows and has no focusable content, so it is focusable itself for arrow keys. */}
      <div tabIndex={0} role="region" aria-label="List of keys">
        <KeyGroups groups={groups} />
      </div>
    </Dialog>
  );
}

"use client";

import { Dialog } from "../ui/dialog.tsx";
import { Link } from "../ui/link.tsx";
import { KeyGroups } from "./key-groups.tsx";

export function KeyHelp({ onClose }: { onClose: () => void }) {
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
            Switch them off in the settings
          </Link>
          .
        </>
      }
    >
      {/* Longer than most windows, and nothing in it takes the focus: the list itself does, so that arrow keys scroll it. */}
      <div tabIndex={0} role="region" aria-label="List of keys">
        <KeyGroups />
      </div>
    </Dialog>
  );
}

import { useEffect, type ReactNode, type RefObject } from "react";
import { flushSync } from "react-dom";
import { Drawer } from "../ui/overlays/drawer.tsx";
import { useStoredText } from "../ui/hooks/stored-text.ts";
import { useIsAtLeast } from "../ui/windows/window-width.ts";

/** Narrower windows show the list over the surface, on demand. */
const listBesideFromPx = 1_024;

/**
 * Where the file list is: beside the surface unless the user hid it, on narrow windows in a drawer. `opened` says what
 * the drawer was opened for.
 */
export function useFileListPlace({
  opened,
  onOpen,
  filterInput,
}: {
  opened: string | null;
  onOpen: (panel: "list" | "filter" | null) => void;
  filterInput: RefObject<HTMLInputElement | null>;
}) {
  const isBeside = useIsAtLeast(listBesideFromPx);
  const [stored, setStored] = useStoredText("graft.review.list");
  const isHidden = stored === "hidden";
  const isDrawerOpen = opened === "list" || opened === "filter";
  // The drawer closes when the list moves beside the surface.
  useEffect(() => {
    if (isBeside && isDrawerOpen) onOpen(null);
  });
  return {
    isBeside,
    isOpen: isBeside ? !isHidden : isDrawerOpen,
    onOpenChange: (isOpen: boolean) => onOpen(isOpen ? "list" : null),
    initialFocus: opened === "filter" ? filterInput : undefined,
    toggle: () => (isBeside ? setStored(isHidden ? null : "hidden") : onOpen("list")),
    /** Focuses its filter, wherever the list is. */
    filter: () => {
      if (!isBeside) return onOpen("filter");
      if (!isHidden) return filterInput.current?.select();
      // Immediate, for a user who keeps typing.
      flushSync(() => setStored(null));
      filterInput.current?.select();
    },
    /** A file was chosen: the drawer closes. */
    leave: () => {
      if (!isBeside) onOpen(null);
    },
  };
}

export function FileListPlace({
  isBeside,
  isOpen,
  onOpenChange,
  initialFocus,
  children,
}: Pick<ReturnType<typeof useFileListPlace>, "isBeside" | "isOpen" | "onOpenChange" | "initialFocus"> & {
  children: ReactNode;
}) {
  if (!isOpen) return null;
  if (isBeside) return <div className="flex min-h-0 w-65 shrink-0 border-r p-2">{children}</div>;
  return (
    <Drawer title="Files" isOpen onOpenChange={onOpenChange} initialFocus={initialFocus}>
      {children}
    </Drawer>
  );
}

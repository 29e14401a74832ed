"use client";

import { useRef, useState, type ReactElement, type ReactNode } from "react";
import { Button, type ButtonLook, type ButtonSize } from "../button.tsx";
import { lazyDialog } from "../overlays/lazy-dialog.tsx";

/** One entry of a menu: an action, a toggle, a link, a download, or a separator. */
export type MenuEntry =
  | {
      kind: "action";
      label: string;
      icon?: ReactElement;
      onSelect: () => void;
      isDisabled?: boolean;
      isDangerous?: boolean;
    }
  | {
      kind: "check";
      label: string;
      isOn: boolean;
      onChange: (isOn: boolean) => void;
      /** The key with the same effect. */ keyHint?: string;
    }
  | { kind: "link" | "download"; label: string; icon?: ReactElement; href: string }
  | { kind: "separator" };

// Most pages have a menu, and few visits open one: its positioning and navigation code is loaded when it is about to
// open.
const MenuPopup = lazyDialog(() => import("./menu-popup.tsx").then((module) => module.MenuPopup));

/** A button that opens a menu. `label` is its accessible name; `icon` is its visible content, which may be text. */
export function Menu({
  label,
  icon,
  look = "ghost",
  size = "icon-sm",
  entries,
}: {
  label: string;
  icon: ReactNode;
  look?: ButtonLook;
  size?: ButtonSize;
  entries: readonly MenuEntry[];
}) {
  const [state, setState] = useState<"unused" | "open" | "closed">("unused");
  const [isByKeyboard, setIsByKeyboard] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const isOpen = state === "open";
  return (
    <>
      <Button
        ref={trigger}
        look={look}
        size={size}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onPointerEnter={MenuPopup.prepare}
        onFocus={MenuPopup.prepare}
        onClick={({ detail }) => {
          setIsByKeyboard(detail === 0);
          setState(isOpen ? "closed" : "open");
        }}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          setIsByKeyboard(true);
          setState("open");
        }}
      >
        {icon}
      </Button>
      {state !== "unused" && (
        <MenuPopup
          label={label}
          trigger={trigger}
          isOpen={isOpen}
          startsAtFirst={isByKeyboard}
          onOpenChange={(next) => setState(next ? "open" : "closed")}
          entries={entries}
        />
      )}
    </>
  );
}

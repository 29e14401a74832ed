"use client";

import { Menu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { RefObject } from "react";
import { cn } from "../class-names.ts";
import { isPressOf } from "../keys/is-press-of.ts";
import { KeyHint } from "../keys/key-hint.tsx";
import { Link } from "../link.tsx";
import type { MenuEntry } from "./menu.tsx";

const itemClass =
  "flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none select-none data-disabled:opacity-60 data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0";

/** The popup of a menu's `trigger`. `startsAtFirst` focuses the first entry, as keyboard users expect. */
export function MenuPopup({
  label,
  trigger,
  isOpen,
  startsAtFirst,
  onOpenChange,
  entries,
}: {
  label: string;
  trigger: RefObject<HTMLButtonElement | null>;
  isOpen: boolean;
  startsAtFirst: boolean;
  onOpenChange: (isOpen: boolean) => void;
  entries: readonly MenuEntry[];
}) {
  return (
    <Menu.Root
      open={isOpen}
      onOpenChange={(next, { event, cancel }) => {
        if (!next && isPressOf(trigger.current, event)) cancel();
        else onOpenChange(next);
      }}
    >
      <Menu.Portal>
        <Menu.Positioner anchor={trigger} sideOffset={4} align="end" className="z-50 outline-none">
          <Menu.Popup
            aria-label={label}
            finalFocus={() => (isFocusFree() ? trigger.current : false)}
            onFocus={({ target, currentTarget }) => {
              if (startsAtFirst && target === currentTarget)
                currentTarget.querySelector<HTMLElement>("[role^=menuitem]")?.focus();
            }}
            className="min-w-44 rounded-md border bg-raised p-1 shadow-raised outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            {entries.map((entry, index) => (
              <MenuLine key={index} entry={entry} />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** False if an entry has already moved the focus, such as to a form that it opened. */
function isFocusFree(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || activeElement.closest("[role=menu]") !== null;
}

function MenuLine({ entry }: { entry: MenuEntry }) {
  if (entry.kind === "separator") return <Menu.Separator className="my-1 h-px bg-line" />;
  if (entry.kind === "check")
    return (
      <Menu.CheckboxItem checked={entry.isOn} onCheckedChange={(isOn) => entry.onChange(isOn)} className={itemClass}>
        <span aria-hidden className="flex size-4 items-center justify-center">
          {entry.isOn && <Check />}
        </span>
        <span className="flex-1">{entry.label}</span>
        {entry.keyHint !== undefined && (
          <span aria-hidden className="pl-4">
            <KeyHint name={entry.keyHint} />
          </span>
        )}
      </Menu.CheckboxItem>
    );
  const content = (
    <>
      {entry.icon}
      {entry.label}
    </>
  );
  if (entry.kind === "action")
    return (
      <Menu.Item
        onClick={entry.onSelect}
        disabled={entry.isDisabled === true}
        className={cn(itemClass, entry.isDangerous === true && "text-negative")}
      >
        {content}
      </Menu.Item>
    );
  return (
    <Menu.LinkItem
      closeOnClick
      className={itemClass}
      {...(entry.kind === "download" ? { href: entry.href, download: true } : { render: <Link href={entry.href} /> })}
    >
      {content}
    </Menu.LinkItem>
  );
}

import { Command } from "cmdk";

/** One line of the command palette. `id` distinguishes lines with equal names. */
export function Entry({
  name,
  id,
  note,
  onSelect,
}: {
  name: string;
  id?: string;
  note?: string;
  onSelect: () => void;
}) {
  return (
    <Command.Item
      value={id === undefined ? name : `${name} ${id}`}
      onSelect={onSelect}
      className="flex h-9 cursor-default items-center gap-3 rounded-md px-3 text-sm select-none data-[selected=true]:bg-hover"
    >
      <span className="min-w-0 flex-1 truncate">{name}</span>
      {note !== undefined && <span className="text-xs text-faint">{note}</span>}
    </Command.Item>
  );
}

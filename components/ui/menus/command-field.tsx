import { Command } from "cmdk";

/** The text field of a list of commands, as its first row. */
export function CommandField({
  value,
  onChange,
  placeholder,
}: {
  value: string;
  onChange: (value: string) => void;
  placeholder: string;
}) {
  return (
    <Command.Input
      value={value}
      onValueChange={onChange}
      placeholder={placeholder}
      className="h-11 w-full border-b bg-transparent px-4 text-base outline-none placeholder:text-faint"
    />
  );
}

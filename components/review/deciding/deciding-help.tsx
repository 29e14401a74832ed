import { KeyHelp } from "../../shell/key-help.tsx";
import { keysInDeciding } from "../../shell/key-list.ts";

/** The keys of a deciding screen. */
export function DecidingHelp({ onClose }: { onClose: () => void }) {
  return <KeyHelp groups={keysInDeciding} onClose={onClose} />;
}

import { offerCommands } from "../ui/keys/offered-commands.ts";

let withdraw: () => void = () => undefined;

/** Offers the undo of the user's last version in the command palette, as its toast does for a few seconds. */
export function offerUndo({ label, run }: { label: string; run: () => void }): void {
  withdraw();
  withdraw = offerCommands({
    heading: "Last change",
    list: () => [
      {
        id: "undo-version",
        label,
        key: null,
        run: () => {
          withdraw();
          run();
        },
      },
    ],
  });
}

/** A command of the page in view, with its key. */
type OfferedCommand = { id: string; label: string; key: string | null; run: () => void };

type CommandOffer = { heading: string; list: () => readonly OfferedCommand[] };

const offers = new Set<CommandOffer>();

/** Adds a page's commands to the command palette. Returns a function that removes them. */
export function offerCommands(offer: CommandOffer): () => void {
  offers.add(offer);
  return () => offers.delete(offer);
}

/** The current commands, by page. */
export function listOfferedCommands(): { heading: string; commands: readonly OfferedCommand[] }[] {
  return [...offers].flatMap(({ heading, list }) => {
    const commands = list();
    return commands.length === 0 ? [] : [{ heading, commands }];
  });
}

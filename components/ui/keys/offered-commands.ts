/** One thing that can be done on the page in view, with the key that does it too. */
export type OfferedCommand = { id: string; label: string; key: string | null; run: () => void };

export type CommandOffer = { heading: string; list: () => readonly OfferedCommand[] };

const offers = new Set<CommandOffer>();

/** Offers what a page can do to the command palette. Gives what takes the offer away again. */
export function offerCommands(offer: CommandOffer): () => void {
  offers.add(offer);
  return () => offers.delete(offer);
}

/** What is offered now, by page. */
export function listOfferedCommands(): { heading: string; commands: readonly OfferedCommand[] }[] {
  return [...offers].flatMap(({ heading, list }) => {
    const commands = list();
    return commands.length === 0 ? [] : [{ heading, commands }];
  });
}

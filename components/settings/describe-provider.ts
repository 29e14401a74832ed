import type { ProviderOutput } from "#lib/contracts/model.ts";

type ProviderState = {
  word: "environment" | "stored" | "cannot be read" | "no key" | "missing";
  tone: "positive" | "negative" | "neutral";
  /** Where the key comes from, or what is missing; null if the status word says it. */
  note: string | null;
  canPaste: boolean;
};

/** The text of a row about a provider's key, and whether a key may be pasted. */
export function describeProvider({
  keySource,
  keyVariable,
  addressVariable,
  hasAddress,
  storedAt,
}: Pick<ProviderOutput, "keySource" | "keyVariable" | "addressVariable" | "hasAddress" | "storedAt">): ProviderState {
  if (!hasAddress)
    return {
      word: "missing",
      tone: "neutral",
      note: `Set ${addressVariable} to the server's address and start Graft again.`,
      canPaste: false,
    };
  switch (keySource) {
    case "environment":
      return {
        word: "environment",
        tone: "positive",
        note:
          storedAt === null
            ? null
            : `${keyVariable} is set and wins. The pasted key is kept; it is used once the variable is gone.`,
        canPaste: false,
      };
    case "stored":
      return { word: "stored", tone: "positive", note: null, canPaste: true };
    case "unreadable":
      return {
        word: "cannot be read",
        tone: "negative",
        note: "The key was stored with another key file. Paste it again, or put that file back.",
        canPaste: true,
      };
    case "none":
      // A self-hosted server may need no key.
      return addressVariable === null
        ? { word: "missing", tone: "neutral", note: null, canPaste: true }
        : { word: "no key", tone: "neutral", note: null, canPaste: true };
  }
}

const verbs =
  "add|create|include|introduce|implement|insert|write|generate|make|give|extend|support|remove|delete|drop|rename|paginate|filter|allow|dockeri[sz]e|containeri[sz]e|track|store|build|put";

const politeness =
  /^(?:(?:please|kindly|now|then|also|next|finally|additionally|and|so|ok(?:ay)?|hi|hello|hey)\b[,:]?\s+|(?:can|could|would) you (?:please )?|(?:i|we)(?:'d| would) like (?:you )?to |(?:i|we) (?:also )?(?:want|need) (?:you )?to |let(?:'s| us) |you should )+/i;

/**
 * The separate parts of a request: its lines and list items, its sentences, and parts of a sentence with their own
 * verb.
 */
export function splitRequest(prompt: string): string[] {
  const lines = prompt
    .replace(/[`“”]/g, "")
    .replace(/"([^"\n]*)"/g, "$1")
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, "").trim())
    .filter((line) => line !== "");
  const sentences = lines.flatMap((line) => line.split(/(?<=[^\d\s])[.!?](?:\s+|$)|;\s*/));
  return sentences
    .flatMap((sentence) =>
      sentence.split(
        new RegExp(
          `,?\\s+(?:and|then|and then|and also|also)\\s+(?=(?:please\\s+)?(?:${verbs})\\b)|,\\s+(?=(?:${verbs})\\s+(?!by\\b))`,
          "i",
        ),
      ),
    )
    .map((clause) => stripPoliteness(clause.trim()))
    .filter((clause) => clause !== "" && !isHeading(clause));
}

function stripPoliteness(clause: string): string {
  return clause
    .replace(politeness, "")
    .replace(/[,\s]*(?:please|thanks|thank you)[.!]?$/i, "")
    .replace(/[.!?:,\s]+$/, "")
    .trim();
}

/** `Do the following` has no content of its own. */
function isHeading(clause: string): boolean {
  return /^(?:do|make|apply)?\s*(?:the following|these|some)(?: changes| things| steps)?$|^changes?$|^to-?dos?$/i.test(
    clause,
  );
}

import { capitalize, nameEntity } from "./entity-names.ts";

const maxTitleWords = 5;

/** Words for how, not what. */
const fillers =
  /\b(?:simple|basic|small|new|complete|full|modern|minimal|production-ready|crud|rest(?:ful)?|json|fast ?api|next\.?js|python|typescript|prisma|postgres(?:ql)?|sqlalchemy)\b/gi;

/** A short title for the project: the prompt's opening noun phrase, or one made from its first entity. */
export function readProjectTitle({ prompt, firstEntity }: { prompt: string; firstEntity: string }): string {
  const opening =
    /^\s*(?:please\s+)?(?:(?:can|could)\s+you\s+)?(?:(?:build|create|make|generate|write|design|develop|scaffold|start|set up|i\s+(?:want|need)|i'd like)\s+)?(?:(?:me|us)\s+)?(?:an?|the)\s+([^.:;,\n(]+)/i.exec(
      prompt,
    )?.[1];
  const phrase = (opening ?? "")
    .replace(/\s+(?:with|that|where|which|for|using|in|on|to|has|have|and|built|based)\b.*$/i, "")
    .replace(fillers, " ")
    .replace(/[^A-Za-z0-9 -]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const words = phrase.split(" ").filter((word) => word !== "");
  const isVague =
    words.length === 0 ||
    words.length > maxTitleWords ||
    phrase.toLowerCase() === nameEntity(firstEntity).words ||
    /^(?:app|application|api|backend|service|project|system|website|site)$/i.test(phrase);
  return capitalize(isVague ? `${nameEntity(firstEntity).words} service` : phrase);
}

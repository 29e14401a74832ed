/**
 * Requests that are not about data. The generator builds none of them, so such a phrase is never read as an entity or a
 * field.
 */

const actions = [
  "alert archive automate autofill backup block calculate chart compare compress compute connect deploy detect disable display download",
  "email encrypt ensure enforce escalate explain export fetch fix forecast generate highlight implement import improve integrate limit load",
  "locate log lookup mail make match measure merge migrate moderate monetise monetize notify optimise optimize pay ping play predict preload",
  "prevent print protect push query recommend redirect refactor refund remind remember render reset resize restrict rewrite rotate scan scrape",
  "search secure send show sign sort speed stream summarise summarize support sync synchronise synchronize translate undo unlock upload validate",
  "verify warn watermark",
]
  .join("|")
  .replaceAll(" ", "|");

/** Actions that are also nouns and can be field names: `email (unique)`, `load weight`. */
const homographs =
  "alert|backup|block|chart|display|download|email|export|import|limit|load|log|mail|match|pay|play|print|query|report|reset|scan|search|show|sign|sort|speed|stream|support|undo|upload|watermark";
const determiner = String.raw`(?:an?|the|my|our|your|all|every|each|any|it|them|me|us|this|that|those|to|by|for|when|if|via|whenever|everyone|everybody|users?|customers?|people)\b`;

const subject = String.raw`(?:it|we|they|you|i|(?:the |an? |my |our |all |each |every )?[\p{L}-]+(?: [\p{L}-]+)?)`;
const modal = String.raw`(?:should|must|shall|can|could|may|might|will|would|has to|have to|needs? to|ought to)(?: also| always| never| not| only| be able to)*`;
const politeness = String.raw`(?:please |also |and |then |additionally |finally |lastly |oh |ok |btw )*`;

const patterns: readonly RegExp[] = [
  // Questions, unless they request the application itself.
  /^(?:what|why|how|when|where|who|which|is|are|does|do|did|should|would|am|was|were)\b.*\?$/iu,
  /^(?:what|why|how)(?:'s| is| are| do| does| can| to| should| would)\b/iu,
  // Requests about appearance and behaviour.
  /^(?:it|that|this) (?:would|'d|will) be\b/iu,
  new RegExp(
    `^${politeness}(?:make sure|be sure|keep it|keep the|do not|don['’]t|never|no need|avoid|ignore|forget|use (?:a|an|the|our|my) )`,
    "iu",
  ),
  new RegExp(
    `^${politeness}${subject} (?:should|must|shall|has to|needs to|need to) (?:look|feel|be|work|run|stay|not|never)\\b(?! (?:a|an|one|either|unique|optional|required|mandatory|text|linked|assigned|connected|related|associated)\\b)`,
    "iu",
  ),
  new RegExp(`^${politeness}${subject} (?:should|must|shall|can|could|will) (?:not|never)\\b`, "iu"),
  // "Send a report", "it should also recommend wines", "users can search posts".
  new RegExp(`^${politeness}(?!(?:${homographs})\\b)(?:${actions})\\s+(?!(?:has|have)\\b)[\\p{L}]`, "iu"),
  new RegExp(`^${politeness}(?:${homographs})\\s+${determiner}`, "iu"),
  new RegExp(`^${politeness}${subject} ${modal} (?:${actions}|log in|log out|sign up|sign in)\\b`, "iu"),
  new RegExp(`^${politeness}${subject} (?:${modal} )?(?:automatically |always )(?!have\\b|has\\b)`, "iu"),
  /\bautomatically\b/iu,
  new RegExp(
    `^${politeness}${subject} (?:(?:which|that|who) .* )?${modal} be (?:${actions.replaceAll("|", "e?d|")}e?d|published|notified|sent|shown|sorted|hidden|paid|kept)\\b(?! or\\b|,)`,
    "iu",
  ),
  new RegExp(
    `^${politeness}(?!(?:i|we)\\b)${subject} (?:wants?|wishes|would like|loves?|hates?|expects?)\\b(?! (?:an?|the) (?:\\S+ )?(?:app|api|application|site|website|system|tool|platform|backend|service|database|program)\\b)(?! to (?:create|manage|track|store|keep|record|organi[sz]e|add|build)\\b)`,
    "iu",
  ),
];

/** Names of application features: nouns, but not data unless more is stated about them. */
const features =
  /^(?:(?:an?|the|some|simple|basic|full|secure|support for|with)\s+)*(?:(?:jwt|oauth2?|user|users|admin|token|api|role|role-based|rbac|email|e-mail|sms|push|real-?time|live|full-?text|text|global|dark|light|night|single|two-factor|social|password|rate|error|request|file|image|photo|pdf|csv|excel|data|online|card|stripe|paypal|offline|multi-?language|google|fancy|nice|weekly|daily|monthly|automatic|web|responsive)\s+)*(?:auth|authentication|authorisation|authorization|access control|permissions system|login|log-?in|logout|sign-?in|sign-?up|sso|registration page|login page|search|searching|search bar|full-?text search|filtering|sorting|pagination|caching|notifications?|reminders?|alerts|dark mode|night mode|light mode|theme|themes|i18n|internationali[sz]ation|localization|translations?|rate limiting|logging|monitoring|deployment|ci|ci\/cd|webhooks?|websockets?|charts?|graphs?|analytics|statistics|dashboards?|exports?|imports?|csv export|pdf export|uploads?|payments? integration|checkout|integration|integrations|backups?|encryption|responsive design|animations?|offline mode|ai|graphql|redis|kubernetes|chat ?bot|push|emails)(?:\s+(?:by|to|for|as|via|from|on|in|support|page|pages|feature|flow|system|integration)\b.*)?$/iu;

/** Whether a sentence or clause requests behaviour, appearance or an answer instead of naming data. */
export function asksForBehaviour(text: string): boolean {
  const plain = text.trim().replace(/^["'“‘(]+/u, "");
  return patterns.some((pattern) => pattern.test(plain));
}

/** Whether a list item names an application feature (`JWT authentication`, `dark mode`) instead of data. */
export function namesFeature(text: string): boolean {
  return features.test(text.trim().replace(/[.!]+$/, ""));
}

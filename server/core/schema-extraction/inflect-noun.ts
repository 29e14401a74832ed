/** Plurals that no rule below forms, and regular ones whose singular no rule recovers (`menus`, `cookies`). */
const irregularPlurals: ReadonlyMap<string, string> = new Map(
  (
    "alumnus alumni, analysis analyses, api apis, appendix appendices, axis axes, brownie brownies, cache caches, calf calves, " +
    "calorie calories, child children, cookie cookies, crisis crises, criterion criteria, curriculum curricula, diagnosis diagnoses, " +
    "echo echoes, emoji emojis, foot feet, goose geese, guru gurus, half halves, hero heroes, hoodie hoodies, hypothesis hypotheses, " +
    "index indexes, kpi kpis, knife knives, leaf leaves, life lives, loaf loaves, man men, matrix matrices, menu menus, mouse mice, " +
    "movie movies, niche niches, person people, phenomenon phenomena, potato potatoes, quiz quizzes, rookie rookies, selfie selfies, " +
    "shelf shelves, ski skis, syllabus syllabi, synopsis synopses, taxi taxis, thesis theses, thief thieves, tomato tomatoes, " +
    "tooth teeth, vertex vertices, veto vetoes, wife wives, wiki wikis, wolf wolves, woman women, zombie zombies"
  )
    .split(", ")
    .map((pair) => pair.split(" ") as [string, string]),
);

const irregularSingulars: ReadonlyMap<string, string> = new Map([
  ...[...irregularPlurals].map(([singular, plural]) => [plural, singular] as const),
  ["indices", "index"],
]);

/** Nouns whose plural is the same word. */
const invariantNouns: ReadonlySet<string> = new Set(
  (
    "aircraft analytics bison data deer economics electronics equipment evidence feedback fish furniture hardware homework " +
    "information knowledge logistics luggage mail mathematics media metadata money moose music news physics police rice salmon series " +
    "sheep shrimp software species staff statistics swine traffic trout weather"
  ).split(" "),
);

/** Singular nouns in -s besides those in -ss, -us and -is. */
const singularsInS: ReadonlySet<string> = new Set(
  "alias atlas aws bias canvas chaos css dns gas gps lens os pos sms tls vps".split(" "),
);

/** Singular nouns in -us whose plural in -uses would otherwise only lose its s, as `houses` does. */
const stemInUs = /(?:at|ir|on|en|oc|mp|pl|rp|ns|ct|^b|lb)us$/;

/**
 * The singular of an English noun; a singular stays unchanged. Of several words (`line items`, `line_items`,
 * `LineItems`) the last one is inflected.
 */
export function singularizeNoun(noun: string): string {
  return inflectLastWord({ noun, inflect: singularizeWord });
}

/** The plural of an English noun; a plural stays unchanged. Of several words the last one is inflected. */
export function pluralizeNoun(noun: string): string {
  return inflectLastWord({ noun, inflect: (word) => pluralizeWord(singularizeWord(word)) });
}

/** True for a noun that differs from its singular; a noun with one form (`series`) counts as singular. */
export function isPluralNoun(noun: string): boolean {
  return singularizeNoun(noun) !== noun;
}

function inflectLastWord({ noun, inflect }: { noun: string; inflect: (word: string) => string }): string {
  const lastWord = /(?:[A-Z]?[a-z]+|(?<![A-Za-z])[A-Z]{4,})$/.exec(noun)?.[0];
  if (lastWord === undefined) return noun;
  const inflected = inflect(lastWord.toLowerCase());
  if (lastWord === lastWord.toUpperCase()) return noun.slice(0, -lastWord.length) + inflected.toUpperCase();
  const isCapital = lastWord.charAt(0) !== lastWord.charAt(0).toLowerCase();
  return (
    noun.slice(0, -lastWord.length) + (isCapital ? inflected.charAt(0).toUpperCase() + inflected.slice(1) : inflected)
  );
}

function singularizeWord(word: string): string {
  const irregular = irregularSingulars.get(word);
  if (irregular !== undefined) return irregular;
  if (irregularPlurals.has(word) || invariantNouns.has(word) || singularsInS.has(word)) return word;
  if (word.length < 3 || !word.endsWith("s") || /(?:ss|us|is)$/.test(word)) return word;
  if (/[^aeiou]ies$/.test(word)) return word.length === 4 ? word.slice(0, -1) : `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|zz)es$/.test(word)) return word.slice(0, -2);
  if (word.endsWith("es") && (singularsInS.has(word.slice(0, -2)) || stemInUs.test(word.slice(0, -2))))
    return word.slice(0, -2);
  return word.slice(0, -1);
}

function pluralizeWord(word: string): string {
  const irregular = irregularPlurals.get(word);
  if (irregular !== undefined) return irregular;
  if (invariantNouns.has(word)) return word;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

import { expect, test } from "vitest";
import { isPluralNoun, pluralizeNoun, singularizeNoun } from "./inflect-noun.ts";

const pairs = `
task tasks, category categories, company companies, day days, key keys, boy boys, box boxes, tax taxes, address addresses, class classes,
process processes, branch branches, match matches, batch batches, dish dishes, wish wishes, status statuses, bonus bonuses, virus viruses,
campus campuses, bus buses, alias aliases, canvas canvases, lens lenses, gas gases, house houses, course courses, license licenses,
expense expenses, response responses, warehouse warehouses, purchase purchases, case cases, database databases, cause causes, use uses,
person people, child children, man men, woman women, mouse mice, foot feet, tooth teeth, goose geese, leaf leaves, shelf shelves, life lives,
knife knives, wife wives, wolf wolves, half halves, glove gloves, archive archives, curve curves, movie movies, cookie cookies, tie ties, pie pies,
quiz quizzes, size sizes, prize prizes, hero heroes, potato potatoes, photo photos, video videos, shoe shoes, employee employees, fee fees,
analysis analyses, crisis crises, thesis theses, axis axes, criterion criteria, phenomenon phenomena, index indexes, matrix matrices,
series series, species species, sheep sheep, fish fish, news news, equipment equipment, staff staff, data data, media media, menu menus, api apis,
invoice invoices, reply replies, story stories, inquiry inquiries, city cities, country countries, currency currencies, delivery deliveries,
survey surveys, journey journeys, essay essays, library libraries, gallery galleries, recipe recipes, vehicle vehicles, cache caches, focus focuses,
line_item line_items, OrderLine OrderLines, Person People, purchase_category purchase_categories, id ids, ad ads, SubCategory SubCategories
`
  .trim()
  .split(/,\s*/)
  .map((pair) => pair.split(" ") as [string, string]);

test.each(pairs)("%s, %s", (singular, plural) => {
  expect(pluralizeNoun(singular)).toBe(plural);
  expect(singularizeNoun(plural)).toBe(singular);
  expect(singularizeNoun(singular)).toBe(singular);
  expect(pluralizeNoun(plural)).toBe(plural);
  expect(isPluralNoun(plural)).toBe(singular !== plural);
  expect(isPluralNoun(singular)).toBe(false);
});

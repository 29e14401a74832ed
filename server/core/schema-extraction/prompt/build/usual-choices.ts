/**
 * The choices where a prompt is silent: the values of a status, the fields of an entity that is only named. Each choice
 * is small, so that users need not remove parts of it.
 */

const usualValuesByField: ReadonlyMap<string, readonly string[]> = new Map([
  ["priority", ["low", "medium", "high"]],
  ["severity", ["low", "medium", "high", "critical"]],
  ["difficulty", ["easy", "medium", "hard"]],
  ["visibility", ["private", "public"]],
  ["role", ["member", "admin"]],
]);

const userEntities = /(?:User|Member|Membership|Account|Admin|Employee|Staff|Person|Profile)$/;

const usualStatuses: readonly (readonly [entities: string, values: readonly string[]])[] = [
  ["Task Todo Chore Card Item Step Milestone", ["todo", "in_progress", "done"]],
  ["Ticket Issue Bug Incident Case Thread Question", ["open", "in_progress", "closed"]],
  ["Order Purchase Shipment Delivery", ["pending", "paid", "shipped", "delivered", "cancelled"]],
  ["Invoice Bill", ["draft", "sent", "paid", "overdue"]],
  ["Payment Transaction Refund", ["pending", "completed", "failed"]],
  ["Post Article Page Story Recipe Document Newsletter Report", ["draft", "published", "archived"]],
  ["Booking Reservation Appointment Event Meeting", ["pending", "confirmed", "cancelled"]],
  ["Request Application Leave Claim Submission Review Comment", ["pending", "approved", "rejected"]],
  ["Project Campaign Sprint Goal Job", ["planned", "active", "completed"]],
  ["Lead Deal Opportunity", ["new", "contacted", "won", "lost"]],
];

/** Values of an enum-like field that a prompt names without values; null if the name does not suggest an enum. */
export function findUsualValues({
  entityName,
  fieldName,
}: {
  entityName: string;
  fieldName: string;
}): readonly string[] | null {
  // Users have one of a few roles; the role of a job is free text.
  if (fieldName === "role" && entityName !== "" && !userEntities.test(entityName)) return null;
  const lastWord = fieldName.split("_").at(-1) ?? "";
  if (lastWord !== "status" && fieldName !== "stage") return usualValuesByField.get(fieldName) ?? null;
  if (fieldName === "payment_status") return ["pending", "paid", "failed"];
  const usual = usualStatuses.find(([entities]) => entities.split(" ").some((entity) => entityName.endsWith(entity)));
  return usual?.[1] ?? ["active", "inactive"];
}

const usualFieldsByEntity: readonly (readonly [entities: string, fields: string])[] = [
  ["User Member Customer Client Employee Student Teacher Patient Doctor Subscriber Contact Lead", "name, unique email"],
  ["Task Todo Chore", "title, optional description, status"],
  ["Post Article", "title, body"],
  ["Comment Reply Message", "body"],
  ["Note", "title, body"],
  ["Book", "title, author, isbn"],
  ["Movie Film Song Album", "title, year"],
  ["Recipe", "title, ingredients, instructions"],
  ["Expense", "title, amount, date"],
  ["Transaction Payment", "amount, date"],
  ["Product", "name, optional description, price"],
  ["Order", "order date, status"],
  ["Invoice", "invoice number, total, due date, status"],
  ["Event Meeting", "title, start time, end time"],
  ["Appointment Booking Reservation", "date, status"],
  ["Ticket Issue Bug", "title, optional description, status"],
  ["Project", "name, optional description"],
  ["Review", "rating, body"],
  ["Question Topic Thread Course Lesson Job Survey Document Page Photo Video", "title, optional description"],
  ["Habit Goal", "title, is done"],
  ["Bookmark Link", "title, url"],
  ["Workout", "title, date, duration"],
];

/** Entity names that are frequent in prompts. */
export const usualEntityNames: ReadonlySet<string> = new Set(
  usualFieldsByEntity.flatMap(([entities]) => entities.split(" ")).concat("Author", "Category", "Company"),
);

/** The fields of an entity that a prompt only names, as a list in prompt syntax. */
export function listUsualFields(entityName: string): string {
  return usualFieldsByEntity.find(([entities]) => entities.split(" ").includes(entityName))?.[1] ?? "name";
}

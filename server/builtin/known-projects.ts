type KnownProject = {
  /** `a blog` */
  name: string;
  /** The entities, in prompt syntax. */
  description: string;
};

/** Kinds of applications that users name without describing their data. The first match counts. */
const knownProjects: readonly (KnownProject & { pattern: RegExp })[] = [
  {
    pattern: /\b(?:to-?do|task|project management|kanban|issue track)/i,
    name: "a task tracker",
    description:
      "Projects have a name and an optional description. Tasks have a title, an optional description, an optional due date and a status (todo, in_progress, done), and belong to a project.",
  },
  {
    pattern: /\bblog|\bcms\b|content management|\barticles?\b|newsletter/i,
    name: "a blog",
    description:
      "Authors have a name and a unique email. Posts have a title, a body, a status (draft, published) and an optional published date, and belong to an author. Comments have a body and an author name, and belong to a post.",
  },
  {
    pattern: /\bshop|\bstore\b|e-?commerce|\borders?\b|\bcheckout|marketplace/i,
    name: "a shop",
    description:
      "Customers have a name and a unique email. Products have a name, a unique sku, a price and a stock quantity. Orders have a status (pending, paid, shipped, cancelled) and a total, and belong to a customer. Order items have a quantity and a unit price, and belong to an order and to a product.",
  },
  {
    pattern: /\binventory|warehouse|\bstock\b/i,
    name: "an inventory",
    description:
      "Warehouses have a name and an address. Products have a name, a unique sku and a price. Stock movements have a quantity and a note, and belong to a product and to a warehouse.",
  },
  {
    pattern: /\bcrm\b|customer relation|sales pipeline|\bleads?\b|\bcontacts?\b/i,
    name: "a CRM",
    description:
      "Companies have a name and an optional website url. Contacts have a name, a unique email and an optional phone, and belong to a company. Deals have a title, an amount and a stage (lead, qualified, won, lost), and belong to a company.",
  },
  {
    pattern: /\bbooking|reservation|appointment|\bhotel|\brestaurant|scheduling/i,
    name: "a booking system",
    description:
      "Customers have a name and a unique email. Rooms have a name, a capacity and a price. Bookings have a start date, an end date and a status (pending, confirmed, cancelled), and belong to a customer and to a room.",
  },
  {
    pattern: /\blibrary|\bbooks?\b/i,
    name: "a library",
    description:
      "Authors have a name and an optional biography. Books have a title, a unique isbn and an optional published date, and belong to an author. Loans have a borrower name, a due date and an optional returned date, and belong to a book.",
  },
  {
    pattern: /\bexpense|\bbudget|\bfinance|\baccounting/i,
    name: "an expense tracker",
    description:
      "Accounts have a name and a currency. Categories have a unique name. Expenses have an amount, a description and a date, and belong to an account and to a category.",
  },
  {
    pattern: /\binvoic|\bbilling/i,
    name: "an invoicing system",
    description:
      "Customers have a name and a unique email. Invoices have a unique number, an issue date, a due date and a status (draft, sent, paid), and belong to a customer. Invoice lines have a description, a quantity and a unit price, and belong to an invoice.",
  },
  {
    pattern: /\bschool|\bcourse|\bstudent|e-?learning|\blms\b/i,
    name: "a course platform",
    description:
      "Teachers have a name and a unique email. Courses have a title, a description and a start date, and belong to a teacher. Students have a name and a unique email. Enrollments have a status (active, completed, dropped), and belong to a course and to a student.",
  },
  {
    pattern: /\bevents?\b|\btickets?\b|conference/i,
    name: "an event platform",
    description:
      "Venues have a name and an address. Events have a title, a description and a start time, and belong to a venue. Tickets have a holder name, an email and a price, and belong to an event.",
  },
  {
    pattern: /\brecipe|\bcook/i,
    name: "a recipe collection",
    description:
      "Recipes have a title, a description, a serving count and instructions text. Ingredients have a name and an amount, and belong to a recipe.",
  },
  {
    pattern: /\bchat|\bmessag|\bforum/i,
    name: "a message board",
    description:
      "Users have a name and a unique email. Topics have a title and belong to a user. Messages have a body, and belong to a topic and to a user.",
  },
  {
    pattern: /\bnotes?\b|\bnotebook|\bbookmark/i,
    name: "a note collection",
    description: "Notebooks have a name. Notes have a title, a body and an is_pinned flag, and belong to a notebook.",
  },
  {
    pattern: /\bemployee|\bhr\b|human resources|\bpayroll/i,
    name: "a staff directory",
    description:
      "Departments have a unique name. Employees have a name, a unique email, a job title and a hire date, and belong to a department.",
  },
];

/** The kind of application that a text names, or null. */
export function findKnownProject(text: string): KnownProject | null {
  return knownProjects.find(({ pattern }) => pattern.test(text)) ?? null;
}

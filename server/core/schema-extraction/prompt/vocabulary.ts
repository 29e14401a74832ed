const wordsOf = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Nouns for the application itself, never for one of its entities. */
export const applicationNouns = wordsOf(`
  api app application backend codebase crud database frontend fullstack generator management manager microservice mvp planner platform portal
  program project-management prototype repo rest server service site software solution stack system tool tracker webapp website
`);

/** Nouns that name the application in its introduction (`a library with books`), and an entity elsewhere. */
export const placeNouns = wordsOf(`
  agency bank blog board bookstore calendar catalog catalogue clinic cms collection community company cookbook crm dashboard diary directory
  e-commerce ecommerce forum gym helpdesk hospital hotel inventory journal library log marketplace network organizer pipeline registry
  restaurant school shop store studio university warehouse webshop wiki
`);

/** What prompts request besides data. */
export const featureNouns = wordsOf(`
  auth authentication authorization caching ci cors crud deployment docker docker-compose dockerfile docs documentation endpoint
  endpoints errors etc everything fastapi feature features fields filter filtering filters frontend backend functionalities
  functionality graphql handling http json jwt logging login logout migration migrations more mysql next.js nextjs oauth
  openapi operation operations others pagination postgres postgresql practices prisma pydantic python rate-limiting react readme
  redis registration relation relations relationship relationships rest route router routers routes screen screens search security signup
  sorting sqlalchemy sqlite structure stuff support swagger tailwind test testing tests trpc typescript ui ux validation
  validations zod
`);

/** Headings that are not entity names. */
export const sectionNouns = wordsOf(`
  architecture background collections constraints context data description details domain entities entity example examples features fields
  functionality goal goals include includes instructions model models modules notes objects output overview pages relations relationships
  requirements resources routes rules schema scope stack steps structure summary tables tech technologies technology types usage
`);

/** Those of them whose list names entities. */
export const entitySections = wordsOf(
  "collections data entities entity model models objects resources schema tables types include includes",
);

/** Words before a noun that are not part of its name. */
export const looseAdjectives = wordsOf(`
  a additionally all also an and another any basic both certain complete core corresponding different each every exactly finally following four full
  given her his individual its lastly main many multiple my new one only other our own registered related several simple single small some such that
  the their then these this those three two various your
`);

export const imperatives = wordsOf(`
  add adds also build builds create creates design develop generate generates give has have help i implement lastly let let's like make makes
  me need needs please provide scaffold set setup should support supports then there up us want wants we write you
`);

/** Words after which the subject's own noun begins: `an app to manage books with a title`. */
export const connectors = wordsOf(`
  add adding adds allow allowing allows browse cataloging cataloguing collect collecting create creates creating delete deletes deleting edit
  editing edits enable enables for handle handles handling keep keeping keeps let lets letting listing logging manage manages managing monitoring
  of organise organising organize organizing planning posting publish publishes publishing recording renting scheduling sell selling sharing
  storing that to track tracking tracks using viewing when where which who write writes writing
`);

/** Connecting verbs that are also nouns: they only connect after `to` or `can`. */
export const connectingHomographs = wordsOf(
  "book catalog list log monitor plan post record rent schedule share store view",
);

/** Verbs and prepositions whose plural object is the application's data: `manage customers and payments`. */
export const managingWords = wordsOf(`
  catalog cataloging cataloguing collect collecting create creating for handle handling keep keeping log logging manage manages managing monitor
  monitoring of organise organising organize organizing plan planning record recording rent renting schedule scheduling sell selling store
  storing to track tracking tracks
`);

/** Roles of a user. */
export const userRoles = wordsOf(`
  assigned_to assignee author buyer created_by creator editor manager organizer owner posted_by recipient reporter reviewer seller sender
  uploaded_by written_by writer
`);

/** Label-like entities, which are shared: many-to-many. */
export const labelEntities = wordsOf(`
  Allergen Amenity Category Genre Hashtag Ingredient Interest Keyword Label Permission Role Skill Tag Technology Topic
`);

export const manyWords = wordsOf("lots many more multiple numerous several various");

/** Plural words that begin names: `sports club membership`. */
export const pluralModifiers = wordsOf("goods human news operations parts sales savings series sports systems");

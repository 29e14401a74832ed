import { relations, sql } from "drizzle-orm";
import { boolean, index, integer, pgEnum, pgTable, primaryKey, serial, text, timestamp, uuid, varchar } from "drizzle-orm/pg-core";

export const role = pgEnum("role", ["admin", "member"]);

const timestamps = {
  createdAt: timestamp("created_at").defaultNow().notNull(),
};

export const users = pgTable("users", {
  id: serial("id").primaryKey(),
  email: varchar("email", { length: 120 }).notNull().unique(),
  role: role("role").default("member").notNull(),
  bio: text(),
  ...timestamps,
});

export const posts = pgTable(
  "posts",
  {
    id: uuid().primaryKey().defaultRandom(),
    authorId: integer("author_id")
      .references(() => users.id, { onDelete: "cascade" })
      .notNull(),
    title: text("title").notNull(),
    tags: text("tags").array(),
    live: boolean("live").default(false),
  },
  (table) => [index("ix_title").on(table.title, table.live)],
);

export const likes = pgTable("likes", { userId: integer().notNull(), postId: uuid().notNull() }, (t) => ({
  pk: primaryKey({ columns: [t.userId, t.postId] }),
}));

export const usersRelations = relations(users, ({ many }) => ({ posts: many(posts) }));
export const postsRelations = relations(posts, ({ one }) => ({
  author: one(users, { fields: [posts.authorId], references: [users.id] }),
}));

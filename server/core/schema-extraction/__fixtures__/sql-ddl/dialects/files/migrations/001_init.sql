-- Users; they log in
CREATE TYPE status AS ENUM ('draft', 'it''s live');

CREATE TABLE IF NOT EXISTS public.users (
    id BIGSERIAL PRIMARY KEY,
    email varchar(120) NOT NULL UNIQUE,
    bio text,
    tags text[] DEFAULT '{}',
    status status NOT NULL DEFAULT 'draft',
    balance numeric(10, 2) NOT NULL DEFAULT 0.5, /* a; b */
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT positive CHECK (balance >= 0)
);
INSERT INTO users (email) VALUES ('CREATE TABLE no (a int);');
CREATE INDEX ix ON users (email);

create table "order lines" (
    order_id integer references orders (id) on delete cascade,
    "user" bigint not null references public.users(id),
    position int,
    primary key (order_id, position),
    unique (order_id, "user")
);

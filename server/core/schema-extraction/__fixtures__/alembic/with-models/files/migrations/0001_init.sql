CREATE TABLE users (id integer PRIMARY KEY);
CREATE TABLE sessions (token text PRIMARY KEY);

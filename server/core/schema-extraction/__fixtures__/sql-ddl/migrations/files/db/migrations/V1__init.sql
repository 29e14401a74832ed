CREATE TABLE users (
    id serial PRIMARY KEY,
    name text,
    key varchar(20) NOT NULL,
    legacy boolean
);
CREATE TABLE drafts (id serial PRIMARY KEY, user_id int REFERENCES users (id));
CREATE TABLE gone (id int);
CREATE TABLE memberships (user_id int, team_id int);

ALTER TABLE people DROP age, ALTER COLUMN email DROP NOT NULL;
ALTER TABLE memberships ADD PRIMARY KEY (user_id, team_id);
ALTER TABLE memberships ADD FOREIGN KEY (user_id) REFERENCES people (id) ON DELETE CASCADE;
ALTER TABLE memberships ALTER COLUMN team_id SET DEFAULT 1;

-- migrate:down
ALTER TABLE people ADD age int;
DROP TABLE people;

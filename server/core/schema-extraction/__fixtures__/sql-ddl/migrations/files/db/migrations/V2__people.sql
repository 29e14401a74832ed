ALTER TABLE ONLY public.users
    ADD COLUMN IF NOT EXISTS email varchar(120) NOT NULL DEFAULT '',
    ADD age int CHECK (age > 0),
    DROP COLUMN legacy,
    ALTER COLUMN name SET NOT NULL,
    ALTER COLUMN name TYPE varchar(80) USING substr(name, 1, 80);
ALTER TABLE users RENAME COLUMN key TO api_key;
ALTER TABLE users ADD CONSTRAINT users_email UNIQUE (email);
ALTER TABLE users DISABLE TRIGGER ALL;
ALTER TABLE users RENAME TO people;
DROP TABLE IF EXISTS gone CASCADE;

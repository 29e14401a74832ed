-- CreateTable
CREATE TABLE "DerivedContent" (
    "key" BYTEA NOT NULL,
    "value" BYTEA NOT NULL,

    CONSTRAINT "DerivedContent_pkey" PRIMARY KEY ("key")
);

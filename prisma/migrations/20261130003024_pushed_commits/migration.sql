-- AlterEnum
ALTER TYPE "GenerationKind" ADD VALUE 'push';

-- CreateTable
CREATE TABLE "PushedCommit" (
    "generationId" TEXT NOT NULL,
    "commitId" BYTEA NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "PushedCommit_pkey" PRIMARY KEY ("generationId")
);

-- AddForeignKey
ALTER TABLE "PushedCommit" ADD CONSTRAINT "PushedCommit_generationId_fkey" FOREIGN KEY ("generationId") REFERENCES "Generation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "PushedCommit" FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change();

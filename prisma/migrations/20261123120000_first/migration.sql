-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "RunStatus" AS ENUM ('QUEUED', 'RUNNING', 'SUCCEEDED', 'NEEDS_REVIEW', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "RunMode" AS ENUM ('auto', 'classic', 'enhanced');

-- CreateEnum
CREATE TYPE "GenerationKind" AS ENUM ('create', 'iterate', 'rollback', 'restore', 'edit', 'accept', 'merge', 'import');

-- CreateEnum
CREATE TYPE "Disposition" AS ENUM ('modified', 'added', 'deleted', 'moved');

-- CreateTable
CREATE TABLE "Project" (
    "id" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "headGenerationId" TEXT,
    "lastVersion" INTEGER NOT NULL DEFAULT 0,
    "archivedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Blob" (
    "hash" BYTEA NOT NULL,
    "sizeBytes" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,
    "isPlain" BOOLEAN NOT NULL,
    "baseHash" BYTEA,
    "depth" INTEGER NOT NULL,

    CONSTRAINT "Blob_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "Generation" (
    "id" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" "GenerationKind" NOT NULL,
    "author" TEXT NOT NULL,
    "prompt" TEXT,
    "rootTreeHash" BYTEA NOT NULL,
    "keptCount" INTEGER NOT NULL,
    "modifiedCount" INTEGER NOT NULL,
    "addedCount" INTEGER NOT NULL,
    "deletedCount" INTEGER NOT NULL,
    "movedCount" INTEGER NOT NULL,
    "totalCount" INTEGER NOT NULL,
    "issues" JSONB NOT NULL,
    "sourceGenerationId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Generation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GenerationParent" (
    "generationId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "parentId" TEXT NOT NULL,

    CONSTRAINT "GenerationParent_pkey" PRIMARY KEY ("generationId","position")
);

-- CreateTable
CREATE TABLE "GenerationChange" (
    "generationId" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "previousPath" TEXT,
    "disposition" "Disposition" NOT NULL,
    "oldHash" BYTEA,
    "newHash" BYTEA,
    "additions" INTEGER NOT NULL,
    "deletions" INTEGER NOT NULL,
    "cause" TEXT NOT NULL,

    CONSTRAINT "GenerationChange_pkey" PRIMARY KEY ("generationId","path")
);

-- CreateTable
CREATE TABLE "Run" (
    "id" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "parentGenerationId" TEXT,
    "status" "RunStatus" NOT NULL DEFAULT 'QUEUED',
    "mode" "RunMode" NOT NULL,
    "modeReason" TEXT,
    "modelId" TEXT NOT NULL,
    "prompt" TEXT NOT NULL,
    "techStack" TEXT,
    "domain" TEXT,
    "context" JSONB,
    "scopeInclude" TEXT[],
    "generationId" TEXT,
    "failure" JSONB,
    "usage" JSONB,
    "contextReceipt" JSONB,
    "candidate" JSONB,
    "isBranch" BOOLEAN NOT NULL DEFAULT false,
    "lastSequence" INTEGER NOT NULL DEFAULT 0,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "retryOfRunId" TEXT,
    "idempotencyKey" TEXT,
    "requestHash" BYTEA,
    "cancelRequestedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "Run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RunEvent" (
    "runId" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "event" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RunEvent_pkey" PRIMARY KEY ("runId","sequence")
);

-- CreateTable
CREATE TABLE "RunStep" (
    "runId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "result" BYTEA NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RunStep_pkey" PRIMARY KEY ("runId","key")
);

-- CreateTable
CREATE TABLE "FileFacts" (
    "contentHash" BYTEA NOT NULL,
    "path" TEXT NOT NULL,
    "extractorVersion" INTEGER NOT NULL,
    "facts" JSONB,

    CONSTRAINT "FileFacts_pkey" PRIMARY KEY ("contentHash","path","extractorVersion")
);

-- CreateIndex
CREATE INDEX "Project_ownerId_archivedAt_updatedAt_id_idx" ON "Project"("ownerId", "archivedAt", "updatedAt" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "Generation_projectId_version_key" ON "Generation"("projectId", "version");

-- CreateIndex
CREATE INDEX "GenerationParent_parentId_idx" ON "GenerationParent"("parentId");

-- CreateIndex
CREATE UNIQUE INDEX "Run_generationId_key" ON "Run"("generationId");

-- CreateIndex
CREATE INDEX "Run_projectId_createdAt_id_idx" ON "Run"("projectId", "createdAt" DESC, "id");

-- CreateIndex
CREATE INDEX "Run_status_idx" ON "Run"("status");

-- CreateIndex
CREATE UNIQUE INDEX "Run_ownerId_idempotencyKey_key" ON "Run"("ownerId", "idempotencyKey");

-- AddForeignKey
ALTER TABLE "Generation" ADD CONSTRAINT "Generation_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GenerationParent" ADD CONSTRAINT "GenerationParent_generationId_fkey" FOREIGN KEY ("generationId") REFERENCES "Generation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GenerationParent" ADD CONSTRAINT "GenerationParent_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Generation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GenerationChange" ADD CONSTRAINT "GenerationChange_generationId_fkey" FOREIGN KEY ("generationId") REFERENCES "Generation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_generationId_fkey" FOREIGN KEY ("generationId") REFERENCES "Generation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunEvent" ADD CONSTRAINT "RunEvent_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunStep" ADD CONSTRAINT "RunStep_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- History is insert-only: the database itself refuses to change or remove any of it.
CREATE FUNCTION refuse_history_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The history is insert-only: % on "%" is refused.', TG_OP, TG_TABLE_NAME;
END
$$;

CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "Blob" FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "Generation" FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "GenerationParent" FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "GenerationChange" FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "RunEvent" FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change();

-- Contents are compressed before they come here; PostgreSQL need not try again.
ALTER TABLE "Blob" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
ALTER TABLE "RunStep" ALTER COLUMN "result" SET STORAGE EXTERNAL;

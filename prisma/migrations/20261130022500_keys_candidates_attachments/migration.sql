-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "candidatePlace" INTEGER,
ADD COLUMN     "candidateSetId" TEXT;

-- CreateTable
CREATE TABLE "RunAttachment" (
    "runId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "sizeBytes" INTEGER NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "contentHash" BYTEA NOT NULL,

    CONSTRAINT "RunAttachment_pkey" PRIMARY KEY ("runId","position")
);

-- CreateTable
CREATE TABLE "ProviderKey" (
    "provider" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "storedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ProviderKey_pkey" PRIMARY KEY ("provider")
);

-- CreateIndex
CREATE INDEX "Run_candidateSetId_idx" ON "Run"("candidateSetId");

-- AddForeignKey
ALTER TABLE "RunAttachment" ADD CONSTRAINT "RunAttachment_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "RunAttachment" FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change();

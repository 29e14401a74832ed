-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "reviewComments" JSONB;

-- CreateTable
CREATE TABLE "ReviewComment" (
    "id" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "generationId" TEXT NOT NULL,
    "againstGenerationId" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "firstLine" INTEGER NOT NULL,
    "lastLine" INTEGER NOT NULL,
    "quote" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "runId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ReviewComment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ReviewComment_generationId_idx" ON "ReviewComment"("generationId");

-- CreateIndex
CREATE INDEX "ReviewComment_runId_idx" ON "ReviewComment"("runId");

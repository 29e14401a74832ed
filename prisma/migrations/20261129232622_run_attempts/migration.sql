-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "crashes" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "openAttempt" JSONB;

-- CreateIndex
CREATE INDEX "Run_retryOfRunId_idx" ON "Run"("retryOfRunId");

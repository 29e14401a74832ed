-- CreateEnum
CREATE TYPE "RunKind" AS ENUM ('generate', 'ask', 'plan');

-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "afterRunId" TEXT,
ADD COLUMN     "answer" TEXT,
ADD COLUMN     "kind" "RunKind" NOT NULL DEFAULT 'generate',
ADD COLUMN     "plannedByRunId" TEXT;

-- CreateIndex
CREATE INDEX "Run_afterRunId_idx" ON "Run"("afterRunId");

-- CreateIndex
CREATE INDEX "Run_plannedByRunId_idx" ON "Run"("plannedByRunId");

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_afterRunId_fkey" FOREIGN KEY ("afterRunId") REFERENCES "Run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_plannedByRunId_fkey" FOREIGN KEY ("plannedByRunId") REFERENCES "Run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- A run that only talks can hold no change and make no generation, whatever stores it.
ALTER TABLE "Run" ADD CONSTRAINT "Run_kind_check" CHECK (kind = 'generate' OR ("generationId" IS NULL AND candidate IS NULL));
ALTER TABLE "Run" ADD CONSTRAINT "Run_answer_check" CHECK (kind = 'ask' OR answer IS NULL);

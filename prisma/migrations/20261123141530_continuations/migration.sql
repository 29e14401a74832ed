-- AlterTable
ALTER TABLE "Project" ADD COLUMN     "lockedPaths" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "completedByRunId" TEXT,
ADD COLUMN     "continuesRunId" TEXT,
ADD COLUMN     "decisions" JSONB,
ADD COLUMN     "lockedPaths" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "repairs" JSONB;

-- CreateIndex
CREATE INDEX "Run_continuesRunId_idx" ON "Run"("continuesRunId");

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_continuesRunId_fkey" FOREIGN KEY ("continuesRunId") REFERENCES "Run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_completedByRunId_fkey" FOREIGN KEY ("completedByRunId") REFERENCES "Run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

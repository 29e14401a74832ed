-- CreateEnum
CREATE TYPE "NewFailureAction" AS ENUM ('mark', 'hold', 'repair');

-- AlterTable
ALTER TABLE "CheckPlan" ADD COLUMN     "onNewFailure" "NewFailureAction" NOT NULL DEFAULT 'mark';

-- AlterTable
ALTER TABLE "CheckRun" ADD COLUMN     "rootTreeHash" BYTEA,
ADD COLUMN     "runId" TEXT,
ALTER COLUMN "generationId" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "waitsForChecks" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE UNIQUE INDEX "CheckRun_runId_checkId_ordinal_key" ON "CheckRun"("runId", "checkId", "ordinal");

-- CreateIndex
CREATE INDEX "Run_waitsForChecks_idx" ON "Run"("waitsForChecks");

-- A check is of a version or of a candidate. A candidate is known by its tree.
ALTER TABLE "CheckRun" ADD CONSTRAINT "CheckRun_target_check" CHECK (num_nonnulls("generationId", "runId") = 1 AND ("runId" IS NULL) = ("rootTreeHash" IS NULL));

-- CreateEnum
CREATE TYPE "CheckRunStatus" AS ENUM ('QUEUED', 'RUNNING', 'PASSED', 'FAILED', 'COULD_NOT_RUN', 'CANCELLED');

-- CreateTable
CREATE TABLE "CheckPlan" (
    "projectId" TEXT NOT NULL,
    "confirmedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CheckPlan_pkey" PRIMARY KEY ("projectId")
);

-- CreateTable
CREATE TABLE "ProjectCheck" (
    "id" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "isEnabled" BOOLEAN NOT NULL,

    CONSTRAINT "ProjectCheck_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CheckRun" (
    "id" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "generationId" TEXT NOT NULL,
    "checkId" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "status" "CheckRunStatus" NOT NULL DEFAULT 'QUEUED',
    "stage" TEXT,
    "logTail" TEXT,
    "reason" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "cancelRequestedAt" TIMESTAMP(3),
    "resultId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "CheckRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CheckResult" (
    "id" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "rootTreeHash" BYTEA NOT NULL,
    "command" TEXT NOT NULL,
    "toolchain" TEXT NOT NULL,
    "hasPassed" BOOLEAN NOT NULL,
    "exitCode" INTEGER,
    "reason" TEXT,
    "durationMs" INTEGER NOT NULL,
    "counts" JSONB,
    "cases" JSONB NOT NULL,
    "log" BYTEA NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CheckResult_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ProjectCheck_projectId_position_idx" ON "ProjectCheck"("projectId", "position");

-- CreateIndex
CREATE INDEX "CheckRun_projectId_createdAt_idx" ON "CheckRun"("projectId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "CheckRun_resultId_idx" ON "CheckRun"("resultId");

-- CreateIndex
CREATE UNIQUE INDEX "CheckRun_generationId_checkId_ordinal_key" ON "CheckRun"("generationId", "checkId", "ordinal");

-- CreateIndex
CREATE INDEX "CheckResult_ownerId_rootTreeHash_idx" ON "CheckResult"("ownerId", "rootTreeHash");

-- AddForeignKey
ALTER TABLE "ProjectCheck" ADD CONSTRAINT "ProjectCheck_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "CheckPlan"("projectId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CheckRun" ADD CONSTRAINT "CheckRun_resultId_fkey" FOREIGN KEY ("resultId") REFERENCES "CheckResult"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "CheckResult" FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change();

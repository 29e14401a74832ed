-- CreateEnum
CREATE TYPE "PreviewStatus" AS ENUM ('STARTING', 'READY', 'STOPPED', 'FAILED');

-- CreateTable
CREATE TABLE "PreviewCommand" (
    "projectId" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "confirmedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PreviewCommand_pkey" PRIMARY KEY ("projectId")
);

-- CreateTable
CREATE TABLE "Preview" (
    "id" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "generationId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "command" TEXT NOT NULL,
    "status" "PreviewStatus" NOT NULL DEFAULT 'STARTING',
    "step" TEXT,
    "liveGenerationId" TEXT,
    "token" TEXT NOT NULL,
    "port" INTEGER,
    "reason" TEXT,
    "log" TEXT NOT NULL DEFAULT '',
    "logIsCut" BOOLEAN NOT NULL DEFAULT false,
    "databaseName" TEXT,
    "startedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "usedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "stopRequestedAt" TIMESTAMP(3),
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "Preview_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Preview_liveGenerationId_key" ON "Preview"("liveGenerationId");

-- CreateIndex
CREATE UNIQUE INDEX "Preview_token_key" ON "Preview"("token");

-- CreateIndex
CREATE INDEX "Preview_projectId_startedAt_idx" ON "Preview"("projectId", "startedAt" DESC);

-- CreateIndex
CREATE INDEX "Preview_status_idx" ON "Preview"("status");

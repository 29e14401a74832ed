-- AlterTable
ALTER TABLE "Project" ADD COLUMN     "openedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateIndex
CREATE INDEX "Project_ownerId_archivedAt_openedAt_id_idx" ON "Project"("ownerId", "archivedAt", "openedAt" DESC, "id");

-- The last change is the last time that is known.
UPDATE "Project" SET "openedAt" = "updatedAt";

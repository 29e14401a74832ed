-- DropIndex
DROP INDEX "Project_ownerId_archivedAt_openedAt_id_idx";

-- AlterTable
ALTER TABLE "Project" ADD COLUMN     "pinnedAt" TIMESTAMP(3);

-- CreateIndex
CREATE INDEX "Project_ownerId_archivedAt_pinnedAt_openedAt_id_idx" ON "Project"("ownerId", "archivedAt", "pinnedAt", "openedAt" DESC, "id");

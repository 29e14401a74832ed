-- CreateIndex
CREATE INDEX "Generation_projectId_createdAt_version_id_idx" ON "Generation"("projectId", "createdAt", "version", "id");

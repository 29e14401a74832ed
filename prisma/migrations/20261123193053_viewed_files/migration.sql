-- CreateTable
CREATE TABLE "ViewedFile" (
    "ownerId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "oldHash" BYTEA NOT NULL,
    "newHash" BYTEA NOT NULL,
    "generationId" TEXT NOT NULL,
    "viewedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ViewedFile_pkey" PRIMARY KEY ("ownerId","projectId","path","oldHash","newHash")
);

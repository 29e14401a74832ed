-- CreateTable
CREATE TABLE "GenerationMark" (
    "generationId" TEXT NOT NULL,
    "label" TEXT,
    "isBookmarked" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "GenerationMark_pkey" PRIMARY KEY ("generationId")
);

-- AddForeignKey
ALTER TABLE "GenerationMark" ADD CONSTRAINT "GenerationMark_generationId_fkey" FOREIGN KEY ("generationId") REFERENCES "Generation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

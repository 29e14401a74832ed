-- AlterTable
ALTER TABLE "GenerationChange" ADD COLUMN     "newMode" TEXT,
ADD COLUMN     "oldMode" TEXT;

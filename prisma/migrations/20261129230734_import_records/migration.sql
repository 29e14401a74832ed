-- AlterTable
ALTER TABLE "Generation" ADD COLUMN     "importRecord" JSONB;

-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "proposals" JSONB;

-- AlterTable
ALTER TABLE "Project" ADD COLUMN     "shownSecretPaths" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "shownSecretPaths" TEXT[] DEFAULT ARRAY[]::TEXT[];

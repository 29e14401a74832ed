-- CreateTable
CREATE TABLE "SpendingLimit" (
    "ownerId" TEXT NOT NULL,
    "runUsd" DOUBLE PRECISION,
    "dayUsd" DOUBLE PRECISION,

    CONSTRAINT "SpendingLimit_pkey" PRIMARY KEY ("ownerId")
);

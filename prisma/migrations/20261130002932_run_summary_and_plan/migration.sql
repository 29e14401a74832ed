-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "plan" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "summary" TEXT;

-- Runs from before say both in their events alone.
UPDATE "Run" SET summary = e.event ->> 'summary'
FROM "RunEvent" e WHERE e."runId" = "Run".id AND e.sequence = "Run"."lastSequence" AND e.type = 'succeeded';
UPDATE "Run" SET plan = ARRAY(SELECT jsonb_array_elements_text(e.event -> 'items'))
FROM "RunEvent" e WHERE e."runId" = "Run".id AND e.type = 'plan';

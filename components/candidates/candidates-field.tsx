"use client";

import { skipToken, useQueries } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import type { GenerationId, ModelId } from "#lib/contracts/ids.ts";
import type { AttachmentSize } from "#lib/contracts/runs/attachment.ts";
import { limits } from "#lib/contracts/limits.ts";
import type { ModelOutput } from "#lib/contracts/model.ts";
import { formatCost } from "#lib/format-amount.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../ui/button.tsx";
import { Select } from "../ui/select.tsx";
import { useDebounced } from "../ui/hooks/debounced.ts";
import {
  addCandidate,
  beginCandidates,
  removeCandidate,
  replaceCandidate,
  type CandidateList,
} from "./candidate-list.ts";

/** The same delay as the composer's own preview. */
const debounceMs = 500;

/** Chooses the models that answer the prompt side by side, and shows the cost of sending it to all. */
export function CandidatesField({
  parentGenerationId,
  prompt,
  attachments,
  globs,
  models,
  chosen,
  list,
  onChange,
}: {
  parentGenerationId: GenerationId;
  prompt: string;
  attachments: AttachmentSize[] | undefined;
  /** The scope of the prompt. */
  globs: readonly string[];
  models: readonly ModelOutput[];
  /** The model that is used otherwise. */
  chosen: ModelId | undefined;
  list: CandidateList;
  onChange: (list: CandidateList) => void;
}) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="text-sm" open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="w-fit rounded-sm py-0.5 text-muted hover:text-foreground">
        Several answers{list.length > 0 && ` (${list.length})`}
      </summary>
      <fieldset className="mt-2 flex flex-col gap-2">
        <legend className="sr-only">Models that answer side by side</legend>
        {list.length === 0 ? (
          <div className="flex flex-col items-start gap-2">
            <p className="text-xs text-muted">
              Up to {limits.candidates} models answer the same prompt. You compare the answers and choose one; none
              becomes active by itself.
            </p>
            <Button
              size="sm"
              disabled={models.length === 0}
              onClick={() => onChange(beginCandidates({ models, chosen }))}
            >
              Ask several models
            </Button>
          </div>
        ) : (
          <>
            <CandidateModels list={list} models={models} onChange={onChange} />
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Button
                size="sm"
                disabled={list.length >= limits.candidates}
                onClick={() => onChange(addCandidate({ list, models }))}
              >
                <Plus aria-hidden />
                Add candidate
              </Button>
              <Button size="sm" look="ghost" onClick={() => onChange([])}>
                One answer
              </Button>
              {isOpen && (
                <PriceOfAll
                  parentGenerationId={parentGenerationId}
                  prompt={prompt}
                  attachments={attachments}
                  globs={globs}
                  list={list}
                />
              )}
            </div>
            <p className="text-xs text-muted">These models answer, each in its own run.</p>
          </>
        )}
      </fieldset>
    </details>
  );
}

/** The model of each candidate. */
function CandidateModels({
  list,
  models,
  onChange,
}: {
  list: CandidateList;
  models: readonly ModelOutput[];
  onChange: (list: CandidateList) => void;
}) {
  const options = models.map((model) => ({
    value: model.modelId,
    label: model.label,
    isDisabled: !model.isAvailable,
  }));
  return (
    <ol className="flex flex-col gap-1.5">
      {list.map((modelId, place) => (
        // A candidate's key is its index, because the same model may answer twice.
        <li key={place} className="flex items-end gap-1.5">
          <Select
            label={`Candidate ${place + 1}`}
            isLabelHidden
            value={modelId}
            options={options}
            onChange={(next) => onChange(replaceCandidate({ list, place, modelId: next }))}
            className="flex-1"
          />
          <Button
            size="icon"
            look="ghost"
            aria-label={`Remove candidate ${place + 1}`}
            onClick={() => onChange(removeCandidate({ list, place }))}
          >
            <X aria-hidden />
          </Button>
        </li>
      ))}
    </ol>
  );
}

/** The cost of sending the first call to all; answers are extra. */
function PriceOfAll({
  parentGenerationId,
  prompt,
  attachments,
  globs,
  list,
}: {
  parentGenerationId: GenerationId;
  prompt: string;
  attachments: AttachmentSize[] | undefined;
  globs: readonly string[];
  list: CandidateList;
}) {
  const trpc = useTRPC();
  const { debounced } = useDebounced({ value: prompt.trim(), afterMs: debounceMs });
  const distinct = [...new Set(list)];
  const previews = useQueries({
    queries: distinct.map((model) =>
      trpc.context.preview.queryOptions(
        debounced === ""
          ? skipToken
          : {
              parentGenerationId,
              prompt: debounced,
              model,
              ...(attachments === undefined ? {} : { attachments }),
              ...(globs.length === 0 ? {} : { scope: { include: [...globs] } }),
            },
        {
          staleTime: Infinity,
        },
      ),
    ),
  });
  if (debounced === "") return <p className="text-xs text-muted">Write a prompt to see the price.</p>;
  const estimates = new Map(distinct.map((model, index) => [model, previews[index]?.data?.estimate]));
  if (previews.some(({ error }) => error !== null))
    return <p className="text-xs text-muted">The price could not be estimated.</p>;
  if (previews.some(({ data }) => data === undefined)) return <p className="text-xs text-muted">Estimating…</p>;
  const prices = list.map((model) => estimates.get(model)?.costUsd);
  const known = prices.filter((price) => price !== undefined);
  const sum = formatCost(known.reduce((total, price) => total + price, 0));
  const unknownCount = prices.length - known.length;
  return (
    <p role="status" className="text-xs text-muted">
      {known.length === 0
        ? "Price not known."
        : `Sending all ${list.length}: ${sum}${unknownCount === 0 ? "" : `, ${unknownCount} of them not known`}. Answers are extra.`}
    </p>
  );
}

"use client";

import { useModelChoice } from "../composer/model-choice.ts";
import { Select } from "../ui/select.tsx";

/** The initial model of new prompts in this browser. The field of a prompt also sets it. */
export function DefaultModel() {
  const { models, chosen, choose } = useModelChoice();
  const options = models.map(({ modelId, label, isAvailable, isDefault, reason }) => ({
    value: modelId,
    label,
    description: isAvailable ? (isDefault ? "The server's default" : undefined) : reason,
    isDisabled: !isAvailable,
  }));
  return (
    <Select
      label="Model for new prompts, in this browser"
      value={chosen?.modelId ?? null}
      options={options}
      onChange={choose}
      placeholder="Loading models"
      isDisabled={models.length === 0}
      className="w-72 max-w-full"
    />
  );
}

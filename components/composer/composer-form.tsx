"use client";

import { ArrowUp } from "lucide-react";
import { useEffect, useId, useRef, type ReactNode, type RefObject } from "react";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { requestedModes, type RequestedMode } from "#lib/contracts/runs/run-state.ts";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/class-names.ts";
import { ErrorState } from "../ui/states/error-state.tsx";
import { ModifierKeyHint } from "../ui/keys/key-hint.tsx";
import { Select } from "../ui/select.tsx";
import type { useModelChoice } from "./model-choice.ts";
import { PromptField } from "./prompt-field.tsx";
import { useSubmitWhenReady } from "./sending/submit-when-ready.ts";

const modeWords: Record<RequestedMode, { label: string; description: string }> = {
  auto: { label: "Auto", description: "Plans first when the change looks large." },
  classic: { label: "Classic", description: "The prompt goes straight to the model." },
  enhanced: { label: "Enhanced", description: "The model makes a plan first. Slower; better for large changes." },
};

/** For narrow places: hides the explanations; the button has that of the selected option. */
const modeNames = requestedModes.map((value) => ({ value, label: modeWords[value].label }));

const modeOptions = requestedModes.map((value) => ({ value, ...modeWords[value] }));

type ComposerFormProps = {
  label: string;
  placeholder: string;
  prompt: string;
  onPromptChange: (prompt: string) => void;
  modelChoice: ReturnType<typeof useModelChoice>;
  mode: RequestedMode;
  onModeChange: (mode: RequestedMode) => void;
  /** False if there is no choice: for a question or a plan. */
  hasMode?: boolean;
  submitLabel: string;
  isPending: boolean;
  error: unknown;
  onSubmit: () => void;
  /** Fields after model and mode. */
  options?: ReactNode;
  /** The version whose files can be mentioned in the prompt. */
  filesOf?: GenerationId | null;
  /** The estimated duration and cost of such a run, in words. */
  estimate?: string | null;
  textAreaRef?: RefObject<HTMLTextAreaElement | null>;
  isModelFocusedAtStart?: boolean;
  /** For the foot of the thread: low and narrow. */
  isDocked?: boolean;
  /** Attachments or comments are enough without a prompt. */
  canSendAlone?: boolean;
  /** False while something that is sent with the prompt is loading. A prompt submitted before then is sent afterwards. */
  isReady?: boolean;
};

/** The prompt and everything sent with it. Stateless: the text belongs to the caller's draft. */
export function ComposerForm({
  label,
  placeholder,
  prompt,
  onPromptChange,
  modelChoice,
  mode,
  onModeChange,
  hasMode = true,
  submitLabel,
  isPending,
  error,
  onSubmit,
  options,
  filesOf = null,
  estimate = null,
  textAreaRef,
  isModelFocusedAtStart = false,
  isDocked = false,
  canSendAlone = false,
  isReady = true,
}: ComposerFormProps) {
  const ownRef = useRef<HTMLTextAreaElement>(null);
  const fieldRef = textAreaRef ?? ownRef;
  const promptId = useId();
  const hintId = useId();
  const isEmpty = prompt.trim() === "" && !canSendAlone;
  const explanation = [hasMode ? modeWords[mode].description : "", estimate].filter(Boolean).join(" ");
  const hasNoModels = modelChoice.error !== null && modelChoice.models.length === 0;
  const { isWaiting, submit, cancel } = useSubmitWhenReady({
    isBlocked: isEmpty || isPending,
    isReady: isReady && modelChoice.isKnown,
    canBecomeReady: !hasNoModels,
    onSubmit,
  });
  return (
    <form
      className={cn("flex flex-col", isDocked ? "gap-1.5" : "gap-3")}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label htmlFor={promptId} className="sr-only">
        {label}
      </label>
      <PromptField
        id={promptId}
        describedBy={hintId}
        filesOf={filesOf}
        value={prompt}
        placeholder={placeholder}
        onChange={(text) => {
          cancel();
          onPromptChange(text);
        }}
        onSubmit={submit}
        fieldRef={fieldRef}
        isDocked={isDocked}
      />
      <div className={cn("flex flex-wrap items-end", isDocked ? "gap-1.5" : "gap-3")}>
        <ModelSelect modelChoice={modelChoice} isFocusedAtStart={isModelFocusedAtStart} isDocked={isDocked} />
        {hasMode && <ModeSelect mode={mode} onChange={onModeChange} isDocked={isDocked} />}
        {options}
        <div className="ml-auto flex items-center gap-3">
          <span id={hintId} className={isDocked ? "sr-only" : "text-xs text-faint"}>
            {isEmpty ? (
              "Write a prompt first."
            ) : isWaiting ? (
              "Sent as soon as everything is loaded. Edit the prompt to stop it."
            ) : (
              <ModifierKeyHint name="Enter" />
            )}
          </span>
          <Button
            type="submit"
            look="primary"
            disabled={isEmpty}
            isPending={isPending || isWaiting}
            title={isEmpty ? "Write a prompt first." : explanation}
          >
            {!isPending && !isWaiting && <ArrowUp aria-hidden />}
            {submitLabel}
          </Button>
        </div>
      </div>
      {!isDocked && (
        <p className="text-xs text-faint">
          {modeWords[mode].label} mode: {explanation}
        </p>
      )}
      {error !== null && error !== undefined && <ErrorState error={error} />}
      {hasNoModels && <ErrorState error={modelChoice.error} onRetry={modelChoice.retry} />}
    </form>
  );
}

function ModelSelect({
  modelChoice: { models, chosen, choose },
  isFocusedAtStart,
  isDocked,
}: {
  modelChoice: ReturnType<typeof useModelChoice>;
  isFocusedAtStart: boolean;
  isDocked: boolean;
}) {
  const field = useRef<HTMLSelectElement>(null);
  const isLoaded = models.length > 0;
  useEffect(() => {
    if (!isFocusedAtStart || !isLoaded) return;
    field.current?.focus();
    field.current?.scrollIntoView({ block: "center" });
  }, [isFocusedAtStart, isLoaded]);
  const options = models.map((model) => ({
    value: model.modelId,
    label: model.label,
    description: model.isAvailable ? (model.isDefault && !isDocked ? "Default" : undefined) : model.reason,
    isDisabled: !model.isAvailable,
  }));
  return (
    <Select
      label="Model"
      isLabelHidden={isDocked}
      fieldRef={field}
      value={chosen?.modelId ?? null}
      options={options}
      onChange={choose}
      placeholder="Loading models"
      isDisabled={models.length === 0}
      className={isDocked ? "flex-1 basis-24" : "w-72 max-w-full"}
    />
  );
}

function ModeSelect({
  mode,
  onChange,
  isDocked,
}: {
  mode: RequestedMode;
  onChange: (mode: RequestedMode) => void;
  isDocked: boolean;
}) {
  return (
    <Select
      label="Mode"
      isLabelHidden={isDocked}
      value={mode}
      options={isDocked ? modeNames : modeOptions}
      onChange={onChange}
      className={isDocked ? "w-22" : "w-32"}
    />
  );
}

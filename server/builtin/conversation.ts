import type { LanguageModelV4Message, LanguageModelV4Prompt, LanguageModelV4ToolResultPart } from "@ai-sdk/provider";
import { parseFileListing, type ListedFile } from "#server/orchestrator/tools/file-listing.ts";
import { findTool } from "#server/orchestrator/tools/registry.ts";

export type ScaffoldTask = {
  kind: "create" | "iterate";
  techStack: string | null;
  domain: string | null;
  /** Globs that limit changes; null for no limit. */
  scope: string[] | null;
  /** The user's words, verbatim. */
  prompt: string;
};

/** The information in a run's messages: the model itself is stateless. */
export type Conversation = {
  task: ScaffoldTask;
  /** Every file of the project; null until it was listed. */
  listing: ListedFile[] | null;
  /** Exact texts of the files that were read. */
  texts: ReadonlyMap<string, string>;
  /** Unreadable files, so that they are not requested again. */
  unreadable: ReadonlySet<string>;
  /** Changes were proposed in an earlier turn. */
  hasProposed: boolean;
  /** The reported failures of those changes. */
  problems: string[];
};

/** Reads a run's messages: the request from the first user message, and the tool results since. */
export function readConversation(prompt: LanguageModelV4Prompt): Conversation {
  const messages = prompt.filter(({ role }) => role !== "system");
  const userMessages = messages.filter((message) => message.role === "user");
  const conversation = {
    task: readTask(userMessages[0]),
    listing: null as ListedFile[] | null,
    texts: new Map<string, string>(),
    unreadable: new Set<string>(),
    hasProposed: false,
    problems: userMessages.slice(1).map((message) => textParts(message).join("\n")),
  };
  const calls = new Map<string, { name: string; input: unknown }>();
  for (const message of messages) {
    if (message.role === "assistant") {
      for (const part of message.content) {
        if (part.type !== "tool-call") continue;
        calls.set(part.toolCallId, { name: part.toolName, input: part.input });
        if (findTool(part.toolName)?.changes != null) conversation.hasProposed = true;
      }
    }
    if (message.role !== "tool") continue;
    for (const part of message.content) {
      if (part.type !== "tool-result") continue;
      const { text, isError } = readResult(part);
      const call = calls.get(part.toolCallId);
      const path = pathOf(call?.input);
      if (part.toolName === "list_files" && !isError) conversation.listing = parseFileListing(text);
      else if (part.toolName === "read_file" && path !== null) {
        if (isError) conversation.unreadable.add(path);
        else if (!conversation.hasProposed) conversation.texts.set(path, text);
      } else if (isError) conversation.problems.push(text);
    }
  }
  return conversation;
}

function readTask(message: LanguageModelV4Message | undefined): ScaffoldTask {
  const parts = message === undefined ? [] : textParts(message);
  const header = parts[0] ?? "";
  const read = (name: string): string | null => {
    const value = new RegExp(`^${name}: *(.*)$`, "m").exec(header)?.[1]?.trim();
    return value === undefined || value === "" || value === "none" ? null : value;
  };
  return {
    kind: read("Task") === "iterate" ? "iterate" : "create",
    techStack: read("Tech stack"),
    domain: read("Domain"),
    scope: read("Scope")?.split(/[\s,]+/) ?? null,
    prompt: parts.length > 1 ? (parts.at(-1) ?? "") : "",
  };
}

function textParts(message: LanguageModelV4Message): string[] {
  if (message.role === "system") return [message.content];
  return message.content.flatMap((part) => (part.type === "text" ? [part.text] : []));
}

function readResult({ output }: LanguageModelV4ToolResultPart): { text: string; isError: boolean } {
  switch (output.type) {
    case "text":
      return { text: output.value, isError: false };
    case "error-text":
      return { text: output.value, isError: true };
    case "json":
    case "error-json":
      return {
        text: typeof output.value === "string" ? output.value : JSON.stringify(output.value),
        isError: output.type === "error-json",
      };
    case "content":
      return {
        text: output.value.flatMap((part) => (part.type === "text" ? [part.text] : [])).join(""),
        isError: false,
      };
    case "execution-denied":
      return { text: output.reason ?? "The call was not allowed.", isError: true };
  }
}

function pathOf(input: unknown): string | null {
  return typeof input === "object" && input !== null && "path" in input && typeof input.path === "string"
    ? input.path
    : null;
}

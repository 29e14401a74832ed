import { objectId, type ObjectId } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { AppError } from "#lib/errors.ts";
import type { ChunkReader } from "./chunk-reader.ts";

/** A ref update of a client: from the id it saw to `newId`; null means no ref. */
export type PushCommand = { ref: string; oldId: ObjectId | null; newId: ObjectId | null };

type PushCommands = { commands: PushCommand[]; capabilities: ReadonlySet<string> };

/**
 * The command lines before the pack of a push. Empty if the client only probes whether it may send more.
 *
 * @throws AppError PUSH_REFUSED, INVALID_INPUT
 */
export async function readPushCommands(reader: ChunkReader): Promise<PushCommands> {
  const commands: PushCommand[] = [];
  let capabilities: ReadonlySet<string> = new Set();
  for (;;) {
    const line = await readPacket(reader);
    if (line === null) return { commands, capabilities };
    if (line.startsWith("shallow ")) throw shallow();
    const [command = "", words] = line.split("\0");
    if (words !== undefined) capabilities = new Set(words.trim().split(" "));
    const match = /^([0-9a-f]{40}) ([0-9a-f]{40}) (refs\/[^\n]+)\n?$/.exec(command);
    if (match === null) throw notUnderstood();
    commands.push({ oldId: toId(match[1]), newId: toId(match[2]), ref: match[3] ?? "" });
    if (commands.length > limits.pushedRefs) throw tooManyRefs();
  }
}

function toId(text: string | undefined): ObjectId | null {
  return text === undefined || /^0+$/.test(text) ? null : objectId.parse(text);
}

async function readPacket(reader: ChunkReader): Promise<string | null> {
  const digits = (await reader.read(4))?.toString("latin1") ?? "";
  if (!/^[0-9a-f]{4}$/.test(digits)) throw notUnderstood();
  const length = Number.parseInt(digits, 16);
  if (length === 0) return null;
  const payload = length > 4 ? await reader.read(length - 4) : null;
  if (payload === null) throw notUnderstood();
  return payload.toString("utf8");
}

function notUnderstood(): AppError {
  return new AppError({
    code: "INVALID_INPUT",
    message: "The request is no push of git. Nothing was stored. Push with git 2.26 or later.",
  });
}

function shallow(): AppError {
  return new AppError({
    code: "PUSH_REFUSED",
    message:
      "Your clone is shallow, so its commits have no parents here. Nothing was stored. Run git fetch --unshallow, then push again.",
  });
}

function tooManyRefs(): AppError {
  return new AppError({
    code: "PUSH_REFUSED",
    message: `A push moves at most ${limits.pushedRefs} branches. Nothing was stored. Push them in parts.`,
    details: { limit: "pushedRefs", maximum: limits.pushedRefs },
  });
}

import { expect, test } from "vitest";
import type { RunEvent } from "#lib/contracts/runs/run-event.ts";
import { callTools, ScriptedGateway, scriptedModelId } from "#server/testing/scripted-gateway.ts";
import { MutedReplay } from "./muted-replay.ts";

function open(isMuted: boolean) {
  const events: RunEvent[] = [];
  const log = { append: (event: RunEvent) => void events.push(event), flush: async () => undefined };
  return { events, replay: new MutedReplay({ events: log, isMuted }) };
}

test("a run that resumes after its checks reports again once it has their results", async () => {
  const { events, replay } = open(true);
  const checks = replay.endWithAnswers({ judge: async () => ({ status: "off" }) });
  replay.append({ type: "started", model: "m", attempt: 1 });
  await checks.judge({} as never);
  replay.append({ type: "validated", issueCount: 0 });
  expect(events.map(({ type }) => type)).toEqual(["validated"]);
});

test("or once it calls a model", async () => {
  const { events, replay } = open(true);
  const models = replay.endWithCalls(new ScriptedGateway({ turns: [callTools()] }));
  replay.append({ type: "started", model: "m", attempt: 1 });
  await models.runTurn({
    modelId: scriptedModelId,
    system: "",
    messages: [],
    tools: [],
    signal: new AbortController().signal,
    onDelta: () => undefined,
  });
  replay.append({ type: "validated", issueCount: 0 });
  expect(events.map(({ type }) => type)).toEqual(["validated"]);
});

test("any other run reports from its start", () => {
  const { events, replay } = open(false);
  replay.append({ type: "started", model: "m", attempt: 1 });
  expect(events).toHaveLength(1);
});

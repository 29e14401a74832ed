"use client";

import { useId, useState } from "react";
import { changeableKeys } from "../shell/key-list.ts";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/input.tsx";
import { KeyHint } from "../ui/keys/key-hint.tsx";
import { useKeyMap } from "../ui/keys/key-map.ts";
import { Select } from "../ui/select.tsx";
import { findKeyProblem } from "./find-key-problem.ts";

const options = [...changeableKeys].map(([key, does]) => ({ value: key, label: key, description: does }));

/** Remaps a key and resets it. */
export function ChangeKeys() {
  const inputId = useId();
  const problemId = useId();
  const [map, setMap] = useKeyMap();
  const [key, setKey] = useState("j");
  const [to, setTo] = useState("");
  const problem = to === "" ? null : findKeyProblem({ key, to, map, keys: changeableKeys.keys() });
  const reset = (changed: string) => setMap(new Map([...map].filter(([other]) => other !== changed)));
  return (
    <div className="flex flex-col gap-2">
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (to === "" || problem !== null) return;
          if (to === key) reset(key);
          else setMap(new Map([...map, [key, to]]));
          setTo("");
        }}
      >
        <Select label="Key" value={key} options={options} onChange={setKey} className="w-72 max-w-full" />
        <div className="flex flex-col gap-1">
          <label htmlFor={inputId} className="text-xs font-medium text-muted">
            New key
          </label>
          <Input
            id={inputId}
            value={to}
            maxLength={1}
            autoComplete="off"
            spellCheck={false}
            aria-describedby={problemId}
            aria-invalid={problem !== null}
            onChange={(event) => setTo(event.target.value.toLowerCase())}
            className="max-w-24 font-mono"
          />
        </div>
        <Button type="submit" disabled={to === "" || problem !== null}>
          Save
        </Button>
        <p id={problemId} role="status" className="pb-1.5 text-sm text-negative">
          {problem}
        </p>
      </form>
      {map.size > 0 && (
        <ul aria-label="Changed keys" className="flex flex-wrap gap-2">
          {[...map].map(([changed, pressed]) => (
            <li key={changed} className="flex items-center gap-2 rounded-md border py-0.5 pr-0.5 pl-2 text-sm">
              <KeyHint name={changed} /> in place of <span className="font-mono">{changed}</span>
              <Button
                size="sm"
                look="ghost"
                aria-label={`Reset ${changed}, now ${pressed}`}
                onClick={() => reset(changed)}
              >
                Reset
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

"use client";

import { Switch } from "../../ui/switch.tsx";
import { useEndNotice } from "./end-notice.ts";

/** Asks for a system notification when the run ends. Hidden if the browser has none. */
export function EndNoticeSwitch() {
  const { isOn, permission, switchOn, switchOff } = useEndNotice();
  if (permission === "unsupported") return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Switch label="Notify me when it ends" isOn={isOn} onChange={(next) => (next ? void switchOn() : switchOff())} />
      {permission === "denied" && (
        <p className="text-xs text-muted">
          This browser blocks notifications of Graft. Allow them in its settings of this site.
        </p>
      )}
    </div>
  );
}

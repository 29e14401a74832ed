import type { ReactNode } from "react";
import type { ImportCheckOutput } from "#lib/contracts/projects/project-import.ts";
import { leaveOutGroups, type LeaveOutGroup } from "#lib/contracts/projects/leave-out-groups.ts";
import { formatCount } from "#lib/format-count.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { Switch } from "../ui/switch.tsx";
import { LeftOutList } from "./left-out-list.tsx";
import { describeFiles, groupWords, sumUp } from "./left-out-words.ts";
import { RenamedList } from "./renamed-list.tsx";
import type { ImportDecisions } from "./send-archive.ts";

type Props = {
  check: ImportCheckOutput;
  decisions: ImportDecisions;
  onDecide: (decisions: ImportDecisions) => void;
};

/** What an import would take and skip, with a switch for each group. */
export function ImportCheck(props: Props) {
  const { check, decisions, onDecide } = props;
  const isLeavingOut = decisions.leavesOutUnsupported;
  return (
    <div className="flex flex-col gap-5">
      <Summary check={check} />
      {(check.obstacles.length > 0 || isLeavingOut) && (
        <section aria-labelledby="import-obstacles" className="flex flex-col gap-2">
          <h3 id="import-obstacles" className="font-medium">
            Not possible in a project
          </h3>
          <ObstacleList check={check} />
          {(isLeavingOut || check.obstacles.some(({ path }) => path !== "")) && (
            <Switch
              className="whitespace-normal"
              label="Leave these out and continue"
              isOn={isLeavingOut}
              onChange={(isOn) => onDecide({ ...decisions, leavesOutUnsupported: isOn })}
            />
          )}
        </section>
      )}
      <LeftOut {...props} />
      <Contents {...props} />
      {check.renamed.length > 0 && (
        <Details summary={`${formatCount(check.renamed.length)} renamed`}>
          <RenamedList renamed={check.renamed} />
        </Details>
      )}
    </div>
  );
}

function Summary({ check }: { check: ImportCheckOutput }) {
  const extras = [
    ...(check.executableCount > 0 ? [`${formatCount(check.executableCount)} executable`] : []),
    ...(check.linkCount > 0
      ? [check.linkCount === 1 ? "1 symbolic link" : `${formatCount(check.linkCount)} symbolic links`]
      : []),
  ];
  return (
    <p className="text-sm">
      <strong>{describeFiles(check)}</strong> will be v1{extras.length === 0 ? "" : `, ${extras.join(" and ")}`}.
      {check.topFolder !== null && (
        <>
          {" "}
          The folder <code className="font-mono text-xs break-all">{check.topFolder}/</code> that holds everything is
          taken off.
        </>
      )}
    </p>
  );
}

function ObstacleList({ check }: { check: ImportCheckOutput }) {
  if (check.obstacles.length === 0) return null;
  const shown = check.obstacles.slice(0, 100);
  return (
    <ul className="flex max-h-60 flex-col gap-2 overflow-y-auto rounded-md border border-caution/40 bg-caution-surface px-3 py-2 text-sm">
      {shown.map(({ path, rule, message }) => (
        <li key={`${rule} ${path}`}>
          {path !== "" && <span className="font-mono text-xs break-all">{path} </span>}
          <span>{message}</span>
        </li>
      ))}
      {check.obstacleCount > shown.length && <li>and {formatCount(check.obstacleCount - shown.length)} more</li>}
    </ul>
  );
}

function LeftOut({ check, decisions, onDecide }: Props) {
  const off: ReadonlySet<LeaveOutGroup> = new Set(decisions.groups ?? check.groups);
  const groups = leaveOutGroups.map((group) => ({
    group,
    rows: check.leftOut.filter(({ reason }) => reason === group),
    isLeftOut: off.has(group),
  }));
  const listed = groups.filter(({ rows, isLeftOut }) => rows.length > 0 || !isLeftOut);
  const setGroup = ({ group, isLeftOut }: { group: LeaveOutGroup; isLeftOut: boolean }) =>
    onDecide({
      ...decisions,
      groups: leaveOutGroups.filter((other) => (other === group ? isLeftOut : off.has(other))),
    });
  const folder = check.topFolder ?? (decisions.topFolder === "keep" ? check.contents[0]?.path.slice(0, -1) : undefined);
  return (
    <section aria-labelledby="import-left-out" className="flex flex-col gap-2">
      <h3 id="import-left-out" className="font-medium">
        Left out
      </h3>
      {folder !== undefined && (
        <Switch
          className="whitespace-normal"
          label={`Remove the folder ${folder}/ from all paths`}
          isOn={decisions.topFolder === null ? check.topFolder !== null : decisions.topFolder === "remove"}
          onChange={(isOn) => onDecide({ ...decisions, topFolder: isOn ? "remove" : "keep", without: [] })}
        />
      )}
      {listed.map(({ group, rows, isLeftOut }) => (
        <div key={group} className="flex flex-col">
          <Switch
            className="whitespace-normal"
            label={`Leave out ${groupWords[group].name.toLowerCase()}`}
            isOn={isLeftOut}
            onChange={(isOn) => setGroup({ group, isLeftOut: isOn })}
          />
          <p className="pl-10 text-sm text-muted">
            {groupWords[group].why}
            {rows.length > 0 && `: ${describeFiles(sumUp(rows))}`}
          </p>
        </div>
      ))}
      {check.leftOut.length === 0 ? (
        <p className="text-sm text-muted">Nothing is left out.</p>
      ) : (
        <Details summary={`All ${formatCount(check.leftOut.length)} that are left out`}>
          <LeftOutList entries={check.leftOut} />
        </Details>
      )}
    </section>
  );
}

/** The top-level entries, each with a switch. */
function Contents({ check, decisions, onDecide }: Props) {
  const rows = [...check.contents, ...check.leftOut.filter(({ reason }) => reason === "chosen")].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
  const setRow = ({ path, isIn }: { path: string; isIn: boolean }) =>
    onDecide({
      ...decisions,
      without: isIn ? decisions.without.filter((other) => other !== path) : [...decisions.without, path],
    });
  return (
    <section aria-labelledby="import-contents" className="flex flex-col gap-1">
      <h3 id="import-contents" className="font-medium">
        In the project
      </h3>
      <ul className="flex max-h-60 flex-col overflow-y-auto rounded-md border px-3 py-1">
        {rows.map((row) => (
          <li key={row.path} className="flex items-center gap-3 text-sm">
            <Checkbox
              className="min-w-0 flex-1 break-all"
              label={row.path}
              isChecked={!decisions.without.includes(row.path)}
              onChange={(isIn) => setRow({ path: row.path, isIn })}
            />
            <span className="shrink-0 text-xs text-muted">{describeFiles(row)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Details({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <details className="text-sm">
      <summary className="min-h-6 cursor-pointer text-muted">{summary}</summary>
      <div className="mt-1 max-h-60 overflow-y-auto">{children}</div>
    </details>
  );
}

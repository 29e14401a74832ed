// The diffs of the benchmark in two other surfaces, as their documentation shows it: split, with a header for each file, without colours of code, which they compute on the main thread.
import { DiffModeEnum, DiffView } from "@git-diff-view/react";
import { createRoot } from "react-dom/client";
import { Diff, Hunk, parseDiff } from "react-diff-view";

const { searchParams } = new URL(location.href);
const surfaces = { "git-diff-view": GitDiffView, "react-diff-view": ReactDiffView };
const Surface = surfaces[searchParams.get("library")];
const patches = await (await fetch(`/patches/${searchParams.get("case")}`)).json();

function GitDiffView() {
  return patches.map(({ path, patch }) => (
    <section key={path}>
      <h2>{path}</h2>
      <DiffView
        data={{ oldFile: { fileName: path }, newFile: { fileName: path }, hunks: [patch] }}
        diffViewMode={DiffModeEnum.Split}
      />
    </section>
  ));
}

function ReactDiffView() {
  return parseDiff(patches.map(({ patch }) => patch).join("")).map(({ newPath, type, hunks }) => (
    <section key={newPath}>
      <h2>{newPath}</h2>
      <Diff viewType="split" diffType={type} hunks={hunks}>
        {(each) => each.map((hunk) => <Hunk key={hunk.content} hunk={hunk} />)}
      </Diff>
    </section>
  ));
}

let root = null;
window.surface = {
  mount() {
    root = createRoot(document.getElementById("surface"));
    root.render(<Surface />);
  },
  unmount() {
    root.unmount();
  },
};
window.surface.mount();

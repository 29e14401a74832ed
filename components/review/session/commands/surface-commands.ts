import type { ReviewNavigation } from "../place/place.ts";
import type { Command } from "./command-table.ts";

type SurfaceContext = {
  navigation: Pick<ReviewNavigation, "expand">;
  stepFinding: (by: 1 | -1) => void;
  focusSurface: () => void;
  openHelp: () => void;
};

/** The commands that reviews and deciding screens share. */
export const surfaceCommands = {
  finding: {
    id: "finding",
    keys: ["F8", "Shift+F8"],
    does: "Next and previous finding",
    label: "Next finding",
    step: ({ stepFinding, focusSurface }, by) => {
      stepFinding(by);
      // Enter then enters the finding's lines instead of pressing the last clicked control.
      focusSurface();
    },
  },
  expand: {
    id: "expand",
    keys: ["x"],
    does: "Show more lines around",
    run: ({ navigation }) => navigation.expand({ isWholeFile: false }),
  },
  expandFile: {
    id: "expand-file",
    keys: ["Shift+X"],
    does: "Show all lines",
    run: ({ navigation }) => navigation.expand({ isWholeFile: true }),
  },
  help: { id: "help", keys: ["?"], does: "These keys", run: ({ openHelp }) => openHelp() },
} as const satisfies Record<string, Command<SurfaceContext>>;

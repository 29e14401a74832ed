import { formatCount } from "#lib/format-count.ts";
import type { ShownProgress } from "./open-repository.ts";

/** The progress of a repository import. Screen readers announce each step once, not every number. */
export function OpenProgress({ progress }: { progress: ShownProgress }) {
  const { text, amount, share } = describe(progress);
  return (
    <div className="flex flex-col gap-1 text-sm text-muted">
      <p className="flex justify-between gap-3">
        <span role="status">{text}</span>
        <span aria-hidden className="tabular-nums">
          {amount}
        </span>
      </p>
      <progress
        aria-label={text}
        className="h-1.5 w-full overflow-hidden rounded-full accent-accent"
        {...(share === null ? {} : { value: share, max: 1 })}
      />
    </div>
  );
}

function describe(progress: ShownProgress): { text: string; amount: string; share: number | null } {
  if (progress.step === "send") return { text: "Sending the bundle", amount: "", share: null };
  if (progress.step === "wait") return { text: "Waiting for the server", amount: "", share: null };
  if (progress.step === "receive") {
    const { share } = progress;
    return {
      text: "Fetching the repository",
      amount: share === null ? "" : `${Math.floor(share * 100)} %`,
      share,
    };
  }
  const { stored, total } = progress;
  return {
    text: "Storing the commits as versions",
    amount: `${formatCount(stored)} of ${formatCount(total)}`,
    share: total === 0 ? null : stored / total,
  };
}

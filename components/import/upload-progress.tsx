/** The progress of an upload, then the server's step. */
export function UploadProgress({ share, step }: { share: number; step: "check" | "store" }) {
  const isSent = share >= 1;
  const text = !isSent
    ? `Sending the archive: ${Math.floor(share * 100)} %`
    : step === "check"
      ? "Reading the archive"
      : "Storing the files";
  return (
    <div className="flex flex-col gap-1 text-sm text-muted">
      <span>{text}</span>
      <progress
        aria-label={text}
        className="h-1.5 w-full overflow-hidden rounded-full accent-accent"
        {...(isSent ? {} : { value: share, max: 1 })}
      />
    </div>
  );
}

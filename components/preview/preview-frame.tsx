import { useElementWidth } from "../ui/windows/element-width.ts";

/**
 * What the page in the frame may do. It runs scripts, keeps an origin of its own, sends forms and opens tabs, as it
 * does in a tab of its own; a development server needs its origin for modules, storage and its socket. The pair of
 * `allow-scripts` and `allow-same-origin` holds only because that origin is never Graft's: a preview answers on a host
 * name and a port of its own, so its scripts reach neither this page nor the attribute. Left out is what would act on
 * Graft's window: leading it elsewhere, downloads, dialogs, the pointer. A tab that it opens keeps these rules.
 */
const sandbox = "allow-scripts allow-forms allow-same-origin allow-popups";

/** The page of a preview, as wide as it is asked to be; one wider than its place is drawn smaller. */
export function PreviewFrame({
  name,
  title,
  src,
  widthPx,
}: {
  /** Of the place, one of a page. */
  name: string;
  title: string;
  src: string;
  /** Null for the width of the place. */
  widthPx: number | null;
}) {
  const [place, placePx] = useElementWidth(`preview-${name}`);
  const scale = widthPx === null || placePx === null ? 1 : Math.min(1, placePx / widthPx);
  return (
    <div ref={place} className="flex min-h-0 flex-1 justify-center overflow-hidden bg-surface">
      <iframe
        title={title}
        src={src}
        sandbox={sandbox}
        // The addresses of projects and versions are nothing that a preview needs.
        referrerPolicy="no-referrer"
        className="origin-top shrink-0 border-0 bg-white"
        style={
          widthPx === null
            ? { width: "100%", height: "100%" }
            : { width: widthPx, height: `${100 / scale}%`, transform: `scale(${scale})` }
        }
      />
    </div>
  );
}

import { useElementWidth } from "../ui/windows/element-width.ts";

/**
 * The permissions of the page in the frame. As in a tab, it runs scripts, keeps its own origin, submits forms and opens
 * tabs; a development server needs its origin for modules, storage and its socket. `allow-scripts` together with
 * `allow-same-origin` is safe only because that origin is never Graft's: a preview is served from its own host name and
 * port, so its scripts can reach neither this page nor the attribute. Not allowed is whatever affects Graft's window:
 * navigation, downloads, dialogs, pointer lock. These rules also apply to a tab that the page opens.
 */
const sandbox = "allow-scripts allow-forms allow-same-origin allow-popups";

/** The page of a preview at the chosen width, scaled down if that is wider than the available space. */
export function PreviewFrame({
  name,
  title,
  src,
  widthPx,
}: {
  /** Unique on the page. */
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
        // A preview does not need to know the addresses of projects and versions.
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

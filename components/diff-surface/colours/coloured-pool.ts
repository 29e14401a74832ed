import {
  getHighlighterIfLoaded,
  preloadHighlighter,
  renderFileWithHighlighter,
  type DiffsHighlighter,
  type FileContents,
  type FileDiffMetadata,
  type RenderDiffResult,
  type RenderFileResult,
} from "@pierre/diffs";
import { WorkerPoolManager, type DiffRendererInstance, type FileRendererInstance } from "@pierre/diffs/worker";
import { codeTheme } from "#lib/code-theme.ts";
import { diffWorkerCount, startDiffWorker } from "./diff-workers.ts";
import { renderPaintedDiff } from "./painted-diff.ts";
import { createPaintedHighlighter, type Paint } from "./painted-highlighter.ts";
import { putBounded } from "./put-bounded.ts";

/**
 * Colours lines with data from the server, in the first frame in which they are rendered. Workers only start for an
 * item without colours, such as unsaved text; most tabs never need one.
 */
export class ColouredPool extends WorkerPoolManager {
  readonly #paints = new Map<string, () => Paint>();
  #areWorkersWanted = false;

  constructor() {
    super({ workerFactory: startDiffWorker, poolSize: diffWorkerCount }, { theme: codeTheme });
  }

  /** Sets the colours of the item with this key before it is rendered. They are assembled on rendering. */
  setPaint({ cacheKey, paint }: { cacheKey: string; paint: () => Paint }): void {
    putBounded({ map: this.#paints, key: cacheKey, value: paint });
  }

  override initialize(...languages: Parameters<WorkerPoolManager["initialize"]>): Promise<void> {
    // The base class calls it in its constructor, before this class has its fields.
    return #areWorkersWanted in this && this.#areWorkersWanted
      ? super.initialize(...languages)
      : preloadHighlighter({ themes: [codeTheme.light, codeTheme.dark], langs: ["text"] });
  }

  /** Lines can be rendered before any worker has started. */
  override isInitialized(): boolean {
    return getHighlighterIfLoaded({ theme: codeTheme }) !== undefined;
  }

  override getDiffResultCache(diff: FileDiffMetadata): RenderDiffResult | undefined {
    const cached = super.getDiffResultCache(diff);
    const known = cached === undefined ? this.#findPaint(diff.cacheKey) : null;
    if (known === null) return cached;
    const options = this.getDiffRenderOptions();
    const painted = { result: renderPaintedDiff({ diff, ...known, options }), options };
    this.setDiffResultCache(diff.cacheKey, painted);
    return painted;
  }

  override getFileResultCache(file: FileContents): RenderFileResult | undefined {
    const cached = super.getFileResultCache(file);
    const known = cached === undefined ? this.#findPaint(file.cacheKey) : null;
    if (known === null) return cached;
    const options = this.getFileRenderOptions();
    const { highlighter, paint } = known;
    const painted = {
      result: renderFileWithHighlighter(
        file,
        createPaintedHighlighter({ highlighter, styles: paint.styles, chunks: paint.chunksOf(0) }),
        options,
        { forcePlainText: false, lazyLineAST: true },
      ),
      options,
    };
    this.setFileResultCache(file.cacheKey, painted);
    return painted;
  }

  override highlightDiffAST(instance: DiffRendererInstance, diff: FileDiffMetadata): void {
    this.#wantWorkers(diff.cacheKey);
    super.highlightDiffAST(instance, diff);
  }

  override highlightFileAST(instance: FileRendererInstance, file: FileContents): void {
    this.#wantWorkers(file.cacheKey);
    super.highlightFileAST(instance, file);
  }

  #wantWorkers(cacheKey: string | undefined): void {
    this.#areWorkersWanted ||= cacheKey === undefined || !this.#paints.has(cacheKey);
  }

  #findPaint(cacheKey: string | undefined): { highlighter: DiffsHighlighter; paint: Paint } | null {
    const paint = cacheKey === undefined ? undefined : this.#paints.get(cacheKey)?.();
    const highlighter = getHighlighterIfLoaded({ theme: codeTheme });
    return paint === undefined || highlighter === undefined ? null : { highlighter, paint };
  }
}

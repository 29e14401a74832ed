import type { Page } from "@playwright/test";

/** This many pixel rows of one colour without code are a gap: lines are 20 px, a fold between hunks is 32 px. */
const holePx = 100;
const speedPxPerSecond = 10_000;

/**
 * Scrolls a surface with a fling and inspects the pixels of every composited frame: a frame with a gap is blank. Page
 * scripts cannot see these frames, because scrolling does not wait for scripts.
 */
export async function countBlankFrames({
  page,
  surface,
}: {
  page: Page;
  surface: { x: number; y: number; width: number; height: number };
}): Promise<{ frames: number; blank: number }> {
  const session = await page.context().newCDPSession(page);
  const images: string[] = [];
  session.on("Page.screencastFrame", ({ data, sessionId }) => {
    images.push(data);
    void session.send("Page.screencastFrameAck", { sessionId });
  });
  await session.send("Page.startScreencast", { format: "jpeg", quality: 80 });
  await session.send("Input.synthesizeScrollGesture", {
    x: surface.x + surface.width / 2,
    y: surface.y + surface.height / 2,
    yDistance: -30_000,
    speed: speedPxPerSecond,
    gestureSourceType: "mouse",
    preventFling: true,
  });
  await session.send("Page.stopScreencast");
  await session.detach();
  const judge = await page.context().newPage();
  let blank = 0;
  for (const image of images) if (await judge.evaluate(hasHole, { image, surface, holePx })) blank += 1;
  await judge.close();
  return { frames: images.length, blank };
}

async function hasHole({
  image,
  surface,
  holePx: limit,
}: {
  image: string;
  surface: { x: number; y: number; width: number; height: number };
  holePx: number;
}): Promise<boolean> {
  const bitmap = await createImageBitmap(await (await fetch(`data:image/jpeg;base64,${image}`)).blob());
  const { x, y, width, height } = surface;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  if (context === null) throw new Error("No canvas.");
  context.drawImage(bitmap, -x, -y);
  const { data } = context.getImageData(0, 0, width, height);
  let run = 0;
  for (let row = 0; row < height; row += 1) {
    let [darkest, lightest] = [255, 0];
    for (let column = 0; column < width - 20; column += 1) {
      const green = data[(row * width + column) * 4 + 1] ?? 0;
      darkest = Math.min(darkest, green);
      lightest = Math.max(lightest, green);
    }
    run = lightest - darkest < 24 ? run + 1 : 0;
    if (run >= limit) return true;
  }
  return false;
}

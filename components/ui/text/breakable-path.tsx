import { Fragment } from "react";

/** A path that may wrap after each slash. Without this, browsers break long paths inside a name. */
export function BreakablePath({ path }: { path: string }) {
  const parts = path.split(/(?<=\/)/);
  return parts.map((part, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- parts may be equal, and never move
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

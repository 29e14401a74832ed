type VersionRef = { version: number; head: boolean };

const theme = { light: "white", dark: "black" };

export function open(target: VersionRef): string {
  return theme.light + target.version;
}

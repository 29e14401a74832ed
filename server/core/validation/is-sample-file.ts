/** Test fixtures for a program may be broken on purpose. */
const sampleFolder = /(?:^|\/)(?:fixtures|__fixtures__|test[-_]?fixtures|testdata|test[-_]data)\//i;

export function isSampleFile(path: string): boolean {
  return sampleFolder.test(path);
}

const testFolder =
  /(?:^|\/)(?:tests?|__tests__|spec|specs|e2e|cypress|fixtures|__fixtures__|__mocks__|mocks|testdata|testing)\//i;
/** Deeper in a path, such a folder name is a package: `org/springframework/samples`. */
const exampleFolder = /^(?:[^/]+\/)?(?:examples?|samples?|demos?|templates?|docs?)\//i;
const testFile = /(?:^|\/)(?:test_[^/]*|conftest|[^/]*_test|[^/]*[.-](?:test|spec|stories)|[^/]*Tests?)\.[^./]+$/;

/** True for a path of a test, an example or a template: its declarations do not belong to the project itself. */
export function isExamplePath(path: string): boolean {
  return !path.includes("src/main/") && (testFolder.test(path) || exampleFolder.test(path) || testFile.test(path));
}

const testFolder =
  /(?:^|\/)(?:tests?|__tests__|spec|specs|e2e|cypress|fixtures|__fixtures__|__mocks__|mocks|testdata|testing)\//i;
/** Further in, a folder of that name is a package: `org/springframework/samples`. */
const exampleFolder = /^(?:[^/]+\/)?(?:examples?|samples?|demos?|templates?|docs?)\//i;
const testFile = /(?:^|\/)(?:test_[^/]*|conftest|[^/]*_test|[^/]*[.-](?:test|spec|stories)|[^/]*Tests?)\.[^./]+$/;

/** True for a path of a test, an example or a template: what it declares is none of the project's own. */
export function isExamplePath(path: string): boolean {
  return !path.includes("src/main/") && (testFolder.test(path) || exampleFolder.test(path) || testFile.test(path));
}

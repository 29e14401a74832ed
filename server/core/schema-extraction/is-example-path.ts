const exampleFolder =
  /(?:^|\/)(?:tests?|__tests__|testing|spec|specs|e2e|cypress|examples?|samples?|demos?|fixtures|__fixtures__|__mocks__|mocks|testdata|templates?|docs?)\//i;
const testFile = /(?:^|\/)(?:test_[^/]*|conftest|[^/]*_test|[^/]*[.-](?:test|spec|stories)|[^/]*Tests?)\.[^./]+$/;

/** True for a path of a test, an example or a template: what it declares is none of the project's own. */
export function isExamplePath(path: string): boolean {
  return exampleFolder.test(path) || testFile.test(path);
}

import { describe, expect, test } from "vitest";
import { nameRepository, parseRepositoryAddress } from "./parse-repository-address.ts";

const parse = (text: string, allowsPrivate = false) => {
  const parsed = parseRepositoryAddress({ text, allowsPrivate });
  if (parsed.type === "refused") return parsed.reason;
  return `${parsed.type} ${parsed.type === "url" ? parsed.url.href : parsed.path} as ${nameRepository(parsed)}`;
};

test.each([
  ["https://github.com/pallets/click", "url https://github.com/pallets/click as click"],
  [" https://github.com/pallets/click.git/ ", "url https://github.com/pallets/click.git/ as click"],
  ["github.com/pallets/click", "url https://github.com/pallets/click as click"],
  ["https://example.com/a/My%20app.git#readme", "url https://example.com/a/My%20app.git as My app"],
  ["https://example.com/%ff.git", "url https://example.com/%ff.git as %ff"],
  ["/home/ada/shop/.git", "folder /home/ada/shop/.git as shop"],
  ["~/shop", "folder ~/shop as shop"],
])("%s", (text, expected) => expect(parse(text)).toBe(expected));

describe("is refused with what to do", () => {
  test.each([
    ["", "no address"],
    ["git@github.com:pallets/click.git", "no key for ssh"],
    ["ssh://git@github.com/pallets/click.git", "no key for ssh"],
    ["http://github.com/pallets/click", "over https alone"],
    ["file:///etc", "does not fetch by file"],
    ["ext::sh -c touch% /tmp/x", "does not fetch by ext"],
    ["git://example.com/a.git", "does not fetch by git"],
    ["https://ada:secret@example.com/a.git", "keeps none"],
    ["--upload-pack=touch /tmp/x", "neither"],
    ["a b", "neither"],
    ["https://exa\nmple.com/", "no address"],
  ])("%s", (text, reason) => {
    expect(parse(text)).toContain(reason);
    expect(parse(text)).not.toContain("secret");
  });
});

test("plain http is allowed if private addresses are", () => {
  expect(parse("http://127.0.0.1:8080/a.git", true)).toBe("url http://127.0.0.1:8080/a.git as a");
});

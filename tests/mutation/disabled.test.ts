import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const packages = fileURLToPath(new URL("../../packages/", import.meta.url));

/** Where mutants may be left out, with the reason. */
const disabled: readonly { file: string; comment: string; reason: string }[] = JSON.parse(
  readFileSync(new URL("disabled.json", import.meta.url), "utf8"),
);

/** The comments in a text that leave mutants out. */
function commentsIn(text: string): string[] {
  return [...text.matchAll(/(?:\/\/|\/\*)\s*(Stryker\s+disable\b.*)/gi)].map(([, comment = ""]) =>
    comment.replace(/\*\/.*/, "").trim(),
  );
}

test("a mutant is left out only with a reason in disabled.json", () => {
  const found = readdirSync(packages).flatMap((name) =>
    readdirSync(`${packages}${name}/src`, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .map((path) => `${name}/src/${path.replaceAll("\\", "/")}`)
      .flatMap((file) =>
        commentsIn(readFileSync(packages + file, "utf8")).map((comment) => ({ file, comment })),
      ),
  );
  expect(found).toEqual(disabled.map(({ file, comment }) => ({ file, comment })));
  for (const { file, reason } of disabled) expect(reason, file).toMatch(/\S+ \S+/);
});

test("comments that leave mutants out are recognised in every form", () => {
  const forms = [
    "// Stryker disable all",
    "/* Stryker disable next-line Regex: x */ a();",
    "//stryker disable x",
  ];
  expect(forms.flatMap(commentsIn)).toEqual([
    "Stryker disable all",
    "Stryker disable next-line Regex: x",
    "stryker disable x",
  ]);
});

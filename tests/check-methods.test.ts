import { InfisicalSDK } from "@infisical/sdk";
import { expect, test } from "vitest";
import { checkMethods } from "../scripts/check-packages/check-methods.mjs";
import { checkOptions } from "../scripts/check-packages/check-options.mjs";
import { methodsOf } from "../scripts/check-packages/methods.mjs";
import { readPackages } from "../scripts/check-packages/read-packages.mjs";
import { root } from "../scripts/pnpm.mjs";
import { methodsOf as methodsOfClient } from "./fuzz/surface.ts";

/** A package with two methods, and all that a check wants to find of them. */
const boxes = {
  "src/index.ts": 'export { type BoxesApi, type GetBoxOptions } from "./boxes.ts";',
  "src/boxes.ts": `
    import { requireNumber, requireText } from "@infisical/core/authoring";
    const boxShape: ResponseShape = { boxId: "string", "size?": "number" };
    const bodyOf = ({ size }) => ({ size, boxId: size });
    export type GetBoxOptions = CallOptions & Size & { readonly boxId: string };
    export interface Size { readonly size?: number | undefined }
    const rules = { boxId: requireText, "size?": requireNumber };
    export interface BoxesApi { get(options: GetBoxOptions): Promise<string>; readonly lids: LidsApi }
    export interface LidsApi { list(): Promise<string[]> }
    export type BoxesPlugin = Plugin<"boxes", BoxesApi>;`,
  "README.md":
    "# boxes\n\n## Methods\n\n| method | what it does |\n| `get(options)`, `lids.list` | reads |\n\n## Options\n\n| `boxId`, `size` |\n",
  "test/contract.test.ts":
    "pluginContract({ create: boxes, calls: { get: (api) => api.get(), list: (api) => api.lids.list() } });",
  generations: "sdk.boxes().get({ boxId });\nsdk\n  .boxes()\n  .lids.list();",
};

/** What the check says of the methods of this package, where one text has something else. */
function checkBoxes(change: Partial<typeof boxes>): string[] {
  const texts = { ...boxes, ...change };
  const sources = [
    { file: "index.ts", text: texts["src/index.ts"] },
    { file: "boxes.ts", text: texts["src/boxes.ts"] },
  ];
  const tests = [{ file: "contract.test.ts", text: texts["test/contract.test.ts"] }];
  const each = { folder: "boxes", manifest: {}, readme: texts["README.md"], sources, tests };
  return [
    ...checkMethods([each], [{ file: "methods.ts", text: texts.generations }]),
    ...checkOptions([each]),
  ];
}

test("a method that is wherever it belongs passes", () => {
  expect(checkBoxes({})).toEqual([]);
});

test.each([
  [
    "src/index.ts",
    'import type { GetBoxOptions } from "./boxes.ts"; export type { BoxesApi } from "./boxes.ts";',
    "packages/boxes/src/index.ts must export GetBoxOptions, which is in the signature of boxes().get.",
  ],
  [
    "README.md",
    "## Methods\n\n| `get(options)` |\n\n## Options\n\n| `boxId`, `size`, `lids.list` |\n",
    "packages/boxes/README.md must have boxes().lids.list in its table of methods.",
  ],
  [
    "test/contract.test.ts",
    "pluginContract({ create: boxes, calls: { list: (api) => api.lids.list() } });",
    "packages/boxes/test/contract.test.ts must call boxes().get.",
  ],
  [
    "test/contract.test.ts",
    "pluginContract({ create: boxes, calls: [api.lids.list()] }); pluginContract({ create: tags, calls: [api.get()] });",
    "packages/boxes/test/contract.test.ts must call boxes().get.",
  ],
  [
    "generations",
    "sdk.boxes().get({ boxId });",
    "tests/generations must call boxes().lids.list: add it to methods.ts or resource-methods.ts, or to composed.test.ts if it is more than one request.",
  ],
  [
    "src/boxes.ts",
    boxes["src/boxes.ts"].replace('"size?": requireNumber', ""),
    "packages/boxes/src must have a rule for the option size, which boxes().get takes.",
  ],
  [
    "README.md",
    boxes["README.md"].replace("`size`", "size"),
    "packages/boxes/README.md must have the option size, which boxes().get takes.",
  ],
] as const)("what %s lacks of a method is named", (file, text, sentence) => {
  expect(checkBoxes({ [file]: text })).toEqual([sentence]);
});

test("every method of a client is one that the check finds", async () => {
  const found = readPackages(root).flatMap((each) => methodsOf(each).map(({ call }) => call));
  const existing = (await methodsOfClient(new InfisicalSDK())).map(({ name }) => name);
  expect(existing.filter((name) => !/^(?:auth\(\)\.|request$|close$)/.test(name)).sort()).toEqual(
    found.sort(),
  );
});

import {
  array,
  assert,
  asyncProperty,
  constantFrom,
  dictionary,
  oneof,
  string,
  stringMatching,
} from "fast-check";
import { expect, test } from "vitest";
import { buildPreload, startApplications } from "./start-applications.ts";

buildPreload();

/** Prints its variables, and has a child process print its own. */
const program = `
  import { spawnSync } from "node:child_process";
  const show = "process.stdout.write(JSON.stringify(process.env))";
  const { stdout } = spawnSync(process.execPath, ["-e", show], { encoding: "utf8", maxBuffer: 1e8, env: { ...process.env, NODE_OPTIONS: "" } });
  process.stdout.write(JSON.stringify([process.env, JSON.parse(stdout)]));
`;

const names = stringMatching(/^S_[A-Za-z_][A-Za-z0-9_]{0,20}$/);
const piece = constantFrom(
  ...[
    "\n",
    "\r\n",
    '"',
    "'",
    "`",
    "$",
    "${",
    "}",
    "\\",
    "\\n",
    "#",
    "=",
    " ",
    "\t",
    "%PATH%",
    "é",
    "😀",
    "\u2028",
    "\uFEFF",
    "a",
  ],
);
const value = oneof(
  array(piece, { maxLength: 30 }).map((pieces) => pieces.join("")),
  string({ unit: "grapheme" }),
  string({ unit: "binary" }).map((text) => text.replaceAll("\0", "")),
  constantFrom("", " ", "x".repeat(32 * 1024), "é\n".repeat(10_000)),
);

test("values arrive as they are, in the process and in its children", async () => {
  const { run, server } = await startApplications(
    {},
    // The server would replace what looks like a reference.
    { "app.mjs": program, "infisical.config.json": `{ "expandSecretReferences": false }` },
  );
  await assert(
    asyncProperty(dictionary(names, value, { minKeys: 1, maxKeys: 30 }), async (secrets) => {
      server.reset();
      for (const [key, value] of Object.entries(secrets)) {
        server.secrets.set({ environment: "dev", key, value });
      }
      const config = { INFISICAL_LOG: "silent" };
      const { code, stdout } = await run({ variables: config });
      expect(code).toBe(0);
      const [own, child] = JSON.parse(stdout);
      expect(own).toMatchObject(secrets);
      expect(child).toMatchObject(secrets);
    }),
    { numRuns: 8 },
  );
});

test("a value that no variable can have is counted, and does not stop the start", async () => {
  const { run } = await startApplications(
    {
      WITH_NUL_INSIDE: "before\0after-0123",
      GOOD: "good",
      "not-a-name": "x",
      NODE_OPTIONS: "--inspect",
      Path: "/bin",
    },
    { "app.mjs": `console.log(process.env.GOOD, process.env.WITH_NUL_INSIDE, process.env.NODE_OPTIONS);` },
  );
  const { code, stdout, stderr } = await run();
  expect({ code, stdout }).toEqual({ code: 0, stdout: "good undefined undefined\n" });
  expect(stderr).toContain("2 variables");
  expect(stderr).toContain("3 skipped");
});

import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readText } from "../scripts/read-text.mjs";

const read = (file: string): string => readText(fileURLToPath(new URL(`../${file}`, import.meta.url)));

/** What holds each sentence of "What is protected": a file, and the test in it. Sentences are named by how they begin. */
const held: Readonly<Record<string, readonly (readonly [file: string, test: string])[]>> = {
  "No error, warning,": [
    ["packages/core/test/errors.test.ts", "no credential and no value is in the error of a %s"],
    ["packages/core/test/errors.test.ts", "a client, its auth and its options print no credential"],
    ["tests/leak-hunt/setup.ts", "credentials or values in what can be printed"],
  ],
  "Text from a server": [
    ["packages/core/test/redaction.test.ts", "what the headers and the body of a request carry is redacted"],
  ],
  "It is also searched": [
    ["packages/core/test/redaction.test.ts", "what the client holds is redacted in errors of other requests"],
    ["packages/core/test/what-errors-repeat.test.ts", "a token that the client holds is not shown"],
  ],
  "Both are found": [
    ["packages/core/test/redaction.test.ts", "a secret that is repeated %s is redacted"],
    ["packages/core/test/redaction.test.ts", "no spelling of any secret shows"],
  ],
  "Twelve characters": [["packages/core/test/redaction.test.ts", "a part of a secret is redacted: %s"]],
  "The message of an": [
    ["packages/core/test/redaction.test.ts", "a server's text is one line without control characters"],
    [
      "packages/core/test/what-errors-repeat.test.ts",
      "an error and a warning are one line of limited length",
    ],
  ],
  "`details` has known": [
    ["packages/core/test/redaction.test.ts", "details show issues, rules and approvals, and nothing that is"],
  ],
  "The error of a": [
    [
      "packages/core/test/transport.test.ts",
      "what a foreign transport's error repeats of the request is not",
    ],
  ],
  "Option errors do not": [
    ["packages/core/test/what-errors-repeat.test.ts", "an error about %s does not repeat a password"],
  ],
  "Redirects are not": [
    ["packages/core/test/destinations.test.ts", "a %i is not followed, and says which siteUrl"],
  ],
  "A token goes to": [["packages/core/test/destinations.test.ts", "the path %s is refused"]],
  "An address without": [["packages/core/test/destinations.test.ts", "siteUrl %s means %s"]],
  "Plain `http:` beyond": [
    ["packages/core/test/destinations.test.ts", "plain http beyond the machine is warned of once per client"],
  ],
  "On Node, the default": [
    ["packages/transport-undici/test/client.test.ts", "and the global fetch sees none of it"],
    ["tests/consumers/default-transport.test.ts", "a bundle for Node sends requests through Node's sockets"],
  ],
  "A `kyTransport` of your": [["tests/next/run.mjs", "kyTransport"]],
  "Path parameters are": [["packages/core/test/destinations.test.ts", 'test.each([".", "..", ""']],
  "Header values are": [
    [
      "packages/core/test/errors.test.ts",
      "a header that cannot be sent is refused without repeating its value",
    ],
  ],
  "No input turns a": [
    ["packages/secrets/test/properties.test.ts", "no path leads to secrets of another folder"],
    [
      "tests/fuzz/methods.test.ts",
      "a method that is called with anything refuses it by name, or sends a right",
    ],
  ],
  "Names such as": [
    ["packages/secrets/test/attach.test.ts", "secrets named constructor and toString become"],
  ],
  "A write is sent": [
    ["packages/core/test/retries.test.ts", "a create whose connection %s arrives once"],
    [
      "packages/core/test/transport.test.ts",
      "a write whose transport says that nothing was sent is sent again",
    ],
  ],
  "A status or a": [["packages/core/test/gateways.test.ts", "a write that gets a 500 with %j is sent once"]],
  "Logins, revocations and": [
    ["packages/dynamic-secrets/test/revocation.test.ts", "a revocation whose response stalls is retried"],
  ],
  "On Node, a write": [
    ["packages/core/test/transports/node-sockets.test.ts", "has a new connection, which reads then reuse"],
  ],
  "A body of more": [
    ["packages/core/test/transports/node-body.test.ts", "stops a bomb"],
    ["packages/transport-undici/test/options.test.ts", "a response can have 64 MiB by default"],
  ],
  "A refused login is": [
    [
      "packages/core/test/login.test.ts",
      "a refused login is attempted once for 20 calls, and again after the",
    ],
  ],
  "Other logins in a": [
    ["packages/core/test/login-bounds.test.ts", "logins in a row are one second apart, then two, up to ten"],
  ],
  "What an option or": [
    [
      "tests/fuzz/inherited.test.ts",
      "an option that is merely inherited changes nothing, whatever the method",
    ],
  ],
  "`attachToProcessEnv` and `@infisical/env` skip": [
    ["packages/secrets/test/steering-names.test.ts", "names that steer the process are skipped and reported"],
    ["packages/env/test/load-env.test.ts", "names that steer the process or are unusual are counted"],
  ],
  "The caller can allow": [
    ["packages/secrets/test/steering-names.test.ts", "override does not set them, but allow does"],
  ],
  "A token, a login": [
    ["packages/core/test/login.test.ts", "a login in flight is discarded when the identity is switched"],
    [
      "packages/cache/test/identities.test.ts",
      "a response that arrives after a switch is not kept for the next",
    ],
  ],
  "They see keyed hashes": [
    [
      "packages/cache/test/shared.test.ts",
      "nothing in the store shows a name, a value, an address or an identity",
    ],
  ],
  "They cannot read or": [
    ["packages/cache/test/shared-properties.test.ts", "whatever is done to what a store contains"],
  ],
  "They can delete entries,": [
    [
      "packages/cache/test/shared-clocks.test.ts",
      "a store that keeps everything forever makes nothing live longer",
    ],
  ],
  "No module keeps a": [
    ["tests/threat-model.test.ts", "no module of a package keeps state, but for those that are"],
  ],
  "`verifyWebhook` returns": [
    ["packages/watch/test/webhooks.test.ts", "a body that was changed"],
    ["packages/watch/test/webhooks.test.ts", "wrong use is told by name"],
  ],
  "A refusal of the": [["packages/env/test/fallback.test.ts", "it is not used after a refusal"]],
  "What a parent process": [
    ["packages/env/test/inherited.test.ts", "a grandchild with an environment of its own has that one's"],
  ],
  "It is encrypted, belongs": [
    ["packages/env/test/fallback.test.ts", "the file is readable by its owner only, contains no name"],
    ["packages/env/test/fallback.test.ts", "a damaged file is told and not used, wherever the damage is"],
  ],
  "The line about a": [
    ["packages/env/test/load-env.test.ts", "a report tells counts and places, and no name of a good"],
    ["packages/env/test/schema.test.ts", "no error repeats a value, whatever the schema says about it"],
  ],
  "Spans and metrics of": [
    ["tests/events.test.ts", "the hunt has seen a span of every resource and every metric"],
    ["packages/opentelemetry/test/spans.test.ts", "names are on spans only with namesInEvents"],
  ],
  "What has a private": [
    ["packages/certificates/test/issue.test.ts", "shows its private key in nothing that is printed"],
    ["packages/certificates/test/keep.test.ts", "shows no private key in what is printed of it"],
  ],
  "No error of its": [
    ["packages/certificates/test/keep.test.ts", "keeps its private key out of the errors of its"],
  ],
  "`infisicalHealth` tells": [
    ["packages/nestjs/test/health.test.ts", "a client is down with a code, and no more"],
  ],
  "A request beyond": [["packages/watch/test/webhooks.test.ts", "a webhook that is too old"]],
  "The refusal shows": [["packages/watch/test/webhooks.test.ts", "not.toMatch(new RegExp(`${secret}|${hex}"]],
  "Releases come from": [["tests/workflows.test.ts", "%s contains only what is allowed"]],
  "Third-party actions are": [["tests/workflows.test.ts", "must be pinned as owner/action@"]],
  "The packages have": [["tests/package-form.test.ts", "an install script"]],
};

/** The sentences of "What is protected", without what each bullet is about and the files at its end. */
function sentences(): readonly string[] {
  const section = /## What is protected\n([\s\S]*?)\n## /.exec(read("SECURITY.md"))?.[1] ?? "";
  const bullets = section.split(/^- \*\*[^*]*\*\* /m).slice(1);
  return bullets.flatMap((bullet) =>
    bullet
      .replaceAll(/\s+/g, " ")
      .replace(/(?: `[\w.-]+\/[\w./-]+`[,.])+ ?$/, "")
      .split(/(?<=[.`)])\s(?=[A-Z`])(?<=\.\s)/)
      .map((sentence) => sentence.trim())
      .filter((sentence) => sentence !== ""),
  );
}

test("every sentence about what is protected names its test, and every test that is named exists", () => {
  const begins = Object.keys(held);
  const found = sentences();
  expect(found.length).toBeGreaterThan(25);
  expect(found.filter((sentence) => !begins.some((begin) => sentence.startsWith(begin)))).toEqual([]);
  expect(begins.filter((begin) => !found.some((sentence) => sentence.startsWith(begin)))).toEqual([]);
  const missing = Object.values(held)
    .flat()
    .filter(([file, name]) => !read(file).includes(name));
  expect(missing).toEqual([]);
});

/** Modules with state: which signals are waited for, how options are checked, the metadata session, values of warm functions. */
const stateful = ["support/wait.ts", "support/call-options.ts", "instance-metadata.ts", "value-cache.ts"];

test("no module of a package keeps state, but for those that are known", async () => {
  const { readPackages } = await import("../scripts/check-packages/read-packages.mjs");
  const packages = readPackages(fileURLToPath(new URL("..", import.meta.url)));
  const found = packages
    .filter(({ folder }) => folder !== "test-server")
    .flatMap(({ sources }) => sources)
    .filter(({ text }) =>
      /^(?:export )?(?:let |var |const \w+(?:: [^=]+)? = new (?:Weak)?(?:Map|Set)(?:<.*>)?\(\))/m.test(text),
    )
    .map(({ file }) => file);
  expect(found.filter((file) => !stateful.includes(file))).toEqual([]);
  expect(stateful.filter((file) => !found.includes(file))).toEqual([]);
});

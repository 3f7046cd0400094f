import { realpathSync } from "node:fs";
import { createTestServer, type TestServer } from "@infisical/test-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createNormalizer } from "../kit/normalized.ts";
import { installedFolder, packed } from "../packed/packed.ts";
import { type Answer, type McpProcess, official, sdkOf, startMcp, withSdk } from "./mcp-process.ts";

/** An MCP server with one of the SDKs, and the Infisical server that it is connected to. */
interface Side {
  readonly server: TestServer;
  readonly mcp: McpProcess;
  readonly projectId: string;
  readonly normalize: (text: string) => string;
}

const unknownId = "00000000-0000-4000-8000-000000000000";
const sdk = packed.packages.find(({ name }) => name === "@infisical/sdk");
if (!sdk) throw new Error("@infisical/sdk was not packed.");
const ours = withSdk(installedFolder(sdk));
const started: Side[] = [];

afterAll(async () => {
  for (const { mcp, server } of started) {
    await mcp.client.close();
    await server.close();
  }
  ours.remove();
});

/** The settings of the MCP server for its Infisical server. */
type Settings = (
  server: TestServer,
) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;

/** Starts the MCP server with the official SDK and with ours, each with an Infisical server of its own. */
async function startBoth(settings: Settings = login): Promise<Side[]> {
  return Promise.all([start(official, settings), start(ours.program, settings)]);
}

async function start(program: string, settings: Settings): Promise<Side> {
  const server = createTestServer({
    projects: [
      {
        name: "Shop",
        slug: "shop",
        environments: ["dev", "prod"].map((slug) => ({ name: slug, slug })),
        secrets: {
          dev: {
            "/": { GREETING: "hello", REFERENCE: "${GREETING} again" },
            "/shared": { SHARED: "shared value" },
          },
        },
        imports: [{ environment: "dev", import: { environment: "dev", path: "/shared" } }],
      },
      { name: "Keys", slug: "keys", type: "kms", environments: [] },
    ],
  });
  const { siteUrl } = await server.listen();
  const mcp = await startMcp(program, { INFISICAL_HOST_URL: siteUrl, ...(await settings(server)) });
  const side = { server, mcp, projectId: server.projectId("shop"), normalize: createNormalizer() };
  started.push(side);
  return side;
}

function login(server: TestServer): Record<string, string> {
  const { clientId, clientSecret } = server.credentials();
  return {
    INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: clientId,
    INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: clientSecret,
  };
}

/** The answers of both to the same call. */
async function answers(sides: readonly Side[], tool: string, args: object): Promise<Answer[]> {
  return Promise.all(
    sides.map(async ({ mcp, projectId, normalize }) => {
      const { text, isError } = await mcp.call(tool, { projectId, ...args });
      return { text: normalize(text), isError };
    }),
  );
}

/** The text of an error without the query of its address, which ours leaves out. */
function withoutQuery(text: string): string {
  return text.replace(/(\[URL=[^\]?]*)\?[^\]]*/, "$1");
}

/** What the texts of both errors have in common: the request and the status that it failed with. */
function failureOf({ text }: Answer): string {
  return /\[URL=\S+\] \[Method=\w+\] \[StatusCode=\d+\]/.exec(withoutQuery(text))?.[0] ?? text;
}

const dev = { environmentSlug: "dev" };

/** A call, and what its answer has in it with either SDK; of a failed request, the status. */
type Call = readonly [what: string, tool: string, args: object, expected: string];

const succeeding: readonly Call[] = [
  ["a secret is created", "create-secret", { ...dev, secretName: "NEW", secretValue: "v" }, '"NEW"'],
  ["a secret is created without a value", "create-secret", { ...dev, secretName: "EMPTY" }, '"EMPTY"'],
  ["a secret is read", "get-secret", { ...dev, secretName: "NEW" }, '"secretValue": "v"'],
  ["a reference is replaced", "get-secret", { ...dev, secretName: "REFERENCE" }, "hello again"],
  [
    "a reference is left as it is",
    "get-secret",
    { ...dev, secretName: "REFERENCE", expandSecretReferences: false },
    "${GREETING} again",
  ],
  [
    "a secret in a folder is read",
    "get-secret",
    { ...dev, secretName: "SHARED", secretPath: "/shared" },
    "SHARED",
  ],
  ["secrets are listed with imports", "list-secrets", dev, '"imports":[{'],
  ["secrets are listed without imports", "list-secrets", { ...dev, includeImports: false }, "GREETING"],
  ["the secrets of a folder are listed", "list-secrets", { ...dev, secretPath: "/shared" }, "shared value"],
  ["an environment without secrets is listed", "list-secrets", { environmentSlug: "prod" }, '"secrets":[]'],
  [
    "a secret is changed",
    "update-secret",
    { ...dev, secretName: "NEW", secretValue: "w" },
    '"secretValue": "w"',
  ],
  ["a secret is deleted", "delete-secret", { ...dev, secretName: "NEW" }, "deleted successfully: NEW"],
  [
    "a project is created",
    "create-project",
    { projectName: "Web", type: "secret-manager", slug: "web-project", description: "sells" },
    '"slug": "web-project"',
  ],
  ["an environment is created", "create-environment", { name: "QA", slug: "qa", position: 1 }, '"qa"'],
  [
    "a folder is created with its parents",
    "create-folder",
    { environment: "dev", name: "leaf", path: "/deep/er", description: "the last" },
    '"name": "leaf"',
  ],
  [
    "people are invited",
    "invite-members-to-project",
    { emails: ["ann@example.com"] },
    "successfully invited",
  ],
  ["people are invited again", "invite-members-to-project", { emails: ["ann@example.com"] }, ": []"],
  ["all projects are listed", "list-projects", { type: "all" }, '"web-project"'],
  ["all projects are listed by default", "list-projects", {}, '"keys"'],
  ["projects for secrets are listed", "list-projects", { type: "secret-manager" }, '"shop"'],
  ["projects for keys are listed", "list-projects", { type: "kms" }, '"keys"'],
  ["no projects of a type are listed", "list-projects", { type: "pam" }, "successfully: []"],
];

const failing: readonly Call[] = [
  ["a secret that is missing", "get-secret", { ...dev, secretName: "NOPE" }, "404"],
  ["a secret that exists", "create-secret", { ...dev, secretName: "GREETING" }, "400"],
  ["a change of a missing secret", "update-secret", { ...dev, secretName: "NOPE" }, "404"],
  ["a deletion of a missing secret", "delete-secret", { ...dev, secretName: "NOPE" }, "404"],
  ["an unknown folder", "list-secrets", { ...dev, secretPath: "/nowhere" }, "404"],
  ["an unknown environment", "list-secrets", { environmentSlug: "nowhere" }, "404"],
  ["an unknown project", "list-secrets", { ...dev, projectId: unknownId }, "404"],
  ["a secret of an unknown project", "get-secret", { ...dev, projectId: unknownId, secretName: "A" }, "404"],
  [
    "a slug of a project that is taken",
    "create-project",
    { projectName: "A", type: "kms", slug: "web-project" },
    "400",
  ],
  ["a slug of an environment that is taken", "create-environment", { name: "Dev", slug: "dev" }, "400"],
  ["a folder in an unknown environment", "create-folder", { environment: "nowhere", name: "a" }, "404"],
  [
    "people for an unknown project",
    "invite-members-to-project",
    { projectId: unknownId, emails: ["a@example.com"] },
    "404",
  ],
];

/** What the server refuses because of its form, and the name of the field that is wrong. */
const malformed: readonly Call[] = [
  [
    "a slug of a project that is too short",
    "create-project",
    { projectName: "A", type: "kms", slug: "a" },
    "slug",
  ],
  ["a slug of an environment that is wrong", "create-environment", { name: "QA", slug: "Q A" }, "slug"],
  ["a folder name that is wrong", "create-folder", { environment: "dev", name: "a b" }, "name"],
];

const invalid: readonly Call[] = [
  ["a type that does not exist", "list-projects", { type: "none" }, "Invalid arguments: type"],
  ["a missing argument", "get-secret", dev, "Invalid arguments: secretName"],
  ["a tool that does not exist", "no-such-tool", {}, "Unrecognized tool name: no-such-tool"],
];

test("the two MCP servers run with the official SDK and with ours", () => {
  expect(sdkOf(official)).toContain("@infisical+sdk@5.0.2");
  expect(sdkOf(ours.program)).toContain(realpathSync(installedFolder(sdk)));
});

describe("the MCP server answers with our SDK as with the official one", () => {
  let sides: readonly Side[];

  beforeAll(async () => {
    sides = await startBoth();
  });

  test("to its start, and with its tools", async () => {
    const [theirs, here] = await Promise.all(
      sides.map(async ({ mcp: { client } }) => ({
        version: client.getServerVersion(),
        ...(await client.listTools()),
      })),
    );
    expect(theirs?.tools).toHaveLength(10);
    expect(here).toEqual(theirs);
  });

  test.each(succeeding)("%s", async (_, tool, args, expected) => {
    const [theirs, here] = await answers(sides, tool, args);
    expect(theirs?.isError).toBe(false);
    expect(theirs?.text).toContain(expected);
    expect(here).toEqual(theirs);
  });

  test.each(failing)("%s is the same failed request", async (_, tool, args, status) => {
    const [theirs, here] = await answers(sides, tool, args);
    for (const answer of [theirs, here]) expect(answer?.isError).toBe(true);
    expect(theirs && failureOf(theirs)).toContain(`[StatusCode=${status}]`);
    expect(here && failureOf(here)).toBe(theirs && failureOf(theirs));
    // The server's text is whole in both; ours may say after it what was asked for.
    expect(here?.text.startsWith(withoutQuery(theirs?.text ?? "-"))).toBe(true);
  });

  test.each(malformed)("%s is 422 in both, and ours says why", async (_, tool, args, field) => {
    const [theirs, here] = await answers(sides, tool, args);
    expect(theirs).toMatchObject({ isError: true });
    expect(theirs?.text).toContain("Request failed with status 422");
    expect(here).toMatchObject({ isError: true });
    expect(here?.text).toContain(`[StatusCode=422] ${field}: `);
  });

  test.each(invalid)("%s is refused", async (_, tool, args, expected) => {
    const [theirs, here] = await answers(sides, tool, args);
    expect(theirs).toMatchObject({ isError: true });
    expect(theirs?.text).toContain(expected);
    expect(here).toEqual(theirs);
  });

  test("an invitation of nobody fails in both before it is sent", async () => {
    const count = () => sides.map(({ server }) => server.requests.length);
    const before = count();
    const [theirs, here] = await answers(sides, "invite-members-to-project", {});
    expect(count()).toEqual(before);
    expect(theirs).toMatchObject({ isError: true });
    expect(theirs?.text).toContain("Either usernames or emails must be provided");
    expect(here).toMatchObject({ isError: true });
    expect(here?.text).toContain("emails or usernames must name at least one person");
  });
});

test("a value is masked where the settings ask for it", async () => {
  const sides = await startBoth((server) => ({ ...login(server), INFISICAL_MASK_SECRET_VALUES: "true" }));
  for (const [tool, args] of [
    ["get-secret", { secretName: "GREETING" }],
    ["list-secrets", {}],
    ["update-secret", { secretName: "GREETING", secretValue: "hidden" }],
  ] as const) {
    const [theirs, here] = await answers(sides, tool, { ...dev, ...args });
    expect(theirs).toMatchObject({ isError: false });
    expect(theirs?.text).toContain("<masked>");
    expect(here).toEqual(theirs);
  }
});

test("an access token is enough, and tools that are not enabled are refused", async () => {
  const tokens = new Map<TestServer, string>();
  const sides = await startBoth(async (server) => {
    const response = await server.fetch("/api/v1/auth/universal-auth/login", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(server.credentials()),
    });
    const { accessToken: token } = (await response.json()) as { accessToken: string };
    tokens.set(server, token);
    return {
      INFISICAL_AUTH_METHOD: "access-token",
      INFISICAL_TOKEN: token,
      INFISICAL_ENABLED_TOOLS: "get-secret,list-projects",
    };
  });
  for (const [tool, args, expected] of [
    ["get-secret", { secretName: "GREETING" }, "hello"],
    ["list-projects", {}, "shop"],
    ["create-secret", { secretName: "NEW" }, 'Tool "create-secret" is not enabled'],
  ] as const) {
    const [theirs, here] = await answers(sides, tool, { ...dev, ...args });
    expect(theirs?.text).toContain(expected);
    expect(here).toEqual(theirs);
  }
  for (const { server } of sides) {
    const calls = server.requests.filter(({ path }) => !path.endsWith("/login"));
    const sent = calls.map(({ headers }) => headers["authorization"]);
    expect(new Set(sent)).toEqual(new Set([`Bearer ${tokens.get(server)}`]));
  }
});

test("wrong credentials fail the call, and the right status is in the text", async () => {
  const sides = await startBoth((server) => ({
    ...login(server),
    INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: "not the secret",
  }));
  const [theirs, here] = await answers(sides, "list-secrets", dev);
  for (const answer of [theirs, here]) {
    expect(answer?.isError).toBe(true);
    expect(answer?.text).toContain("[StatusCode=401]");
    expect(answer?.text).not.toContain("not the secret");
  }
  expect(here && failureOf(here)).toBe(theirs && failureOf(theirs));
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestServer, type TestServerOptions } from "@infisical/test-server";
import { expect, onTestFinished, test } from "vitest";
import { main } from "../examples/bootstrap-project/main.mjs";

const declaration = {
  name: "Web shop",
  slug: "web-shop",
  environments: [
    { slug: "dev", name: "Development" },
    { slug: "prod", name: "Production" },
  ],
  tags: [{ slug: "database", color: "#00f" }],
  folders: ["/shared", "/shop/api"],
  imports: [{ into: "/shop/api", from: "/shared", environments: ["prod"] }],
  secrets: [
    { path: "/shared", name: "URL", value: "postgres://${PASSWORD}@db", tags: ["database"] },
    { path: "/shared", name: "PASSWORD", generate: 24 },
    { name: "API_KEY", variable: "SHOP_API_KEY", environments: ["prod"], comment: "of the supplier" },
    { name: "PEM", value: "  line one\nline two\n", environments: ["dev"] },
  ],
};

/** A server, and a way to run the command against it with a declaration. */
async function start(seed?: TestServerOptions) {
  const server = createTestServer(seed);
  const { siteUrl } = await server.listen();
  const folder = mkdtempSync(join(tmpdir(), "bootstrap-"));
  onTestFinished(async () => {
    rmSync(folder, { recursive: true });
    await server.close();
  });
  const [{ clientId, clientSecret } = {}] = server.identities;
  const variables = {
    INFISICAL_SITE_URL: siteUrl,
    INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: clientId,
    INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: clientSecret,
    SHOP_API_KEY: "key-of-the-supplier",
  };
  const run = async (declared: unknown, flags: string[] = [], changed: object = {}) => {
    const file = join(folder, "project.json");
    writeFileSync(file, typeof declared === "string" ? declared : JSON.stringify(declared));
    return runMain([file, ...flags], { ...variables, ...changed });
  };
  const value = (environment: string, path: string, key: string) =>
    server.secrets.get({ project: "web-shop", environment, path, key });
  return { server, run, value };
}

async function runMain(argv: string[], variables: Record<string, string | undefined>) {
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  const code = await main({ argv, variables, print, complain: print });
  return { code, lines };
}

test("a declared project is made as declared, and the second time there is nothing to change", async () => {
  const { run, value, server } = await start();
  const first = await run(declaration);
  expect(first.code).toBe(0);
  const changed = first.lines.slice(first.lines.indexOf("web-shop: changed"));
  expect(changed).toEqual([
    "web-shop: changed",
    "  + project web-shop (Web shop)",
    "  + environment dev (Development)",
    "  + environment prod (Production)",
    "  + tag database",
    "  + folder dev:/shared",
    "  + folder dev:/shop",
    "  + folder dev:/shop/api",
    "  + folder prod:/shared",
    "  + folder prod:/shop",
    "  + folder prod:/shop/api",
    "  + import prod:/shared into /shop/api",
    "  + secret dev:/shared URL",
    "  + secret prod:/shared URL",
    "  + secret dev:/shared PASSWORD",
    "  + secret prod:/shared PASSWORD",
    "  + secret prod:/ API_KEY",
    "  + secret dev:/ PEM",
  ]);
  expect(first.lines.slice(1, first.lines.indexOf("web-shop: changed"))).toEqual(changed.slice(1));
  expect(value("prod", "/", "API_KEY")).toBe("key-of-the-supplier");
  expect(value("dev", "/", "PEM")).toBe("line one\nline two\n");
  const password = value("prod", "/shared", "PASSWORD");
  expect(password).toMatch(/^[\w-]{32}$/);
  expect(value("dev", "/shared", "PASSWORD")).not.toBe(password);

  const writes = () => server.requests.filter(({ method, path }) => method !== "GET" && !/auth/.test(path));
  const before = writes().length;
  const second = await run(declaration);
  expect(second).toEqual({ code: 0, lines: ["web-shop: nothing to change."] });
  expect(writes()).toHaveLength(before);
  expect(value("prod", "/shared", "PASSWORD")).toBe(password);
});

test("white space that servers trim makes no difference", async () => {
  const { run } = await start();
  const padded = {
    ...declaration,
    name: " Web shop ",
    environments: [{ slug: "dev ", name: " Development" }],
    tags: [{ slug: " database", color: "#00f " }],
    imports: [],
    secrets: [{ name: " PADDED ", value: " value \n\n", comment: " of whom ", tags: ["database"] }],
  };
  expect(await run(padded)).toMatchObject({ code: 0 });
  expect(await run(padded)).toEqual({ code: 0, lines: ["web-shop: nothing to change."] });
});

test("no value is ever printed", async () => {
  const { run, value } = await start();
  const { lines } = await run(declaration);
  const again = await run(declaration, [], { SHOP_API_KEY: "another-key-of-theirs" });
  const printed = [...lines, ...again.lines].join("\n");
  expect(again.lines).toContain("  ~ secret prod:/ API_KEY: value");
  for (const secret of [
    "key-of-the-supplier",
    "another-key-of-theirs",
    "postgres",
    "line one",
    value("dev", "/shared", "PASSWORD") ?? "",
  ]) {
    expect(printed).not.toContain(secret);
  }
});

test("what differs is changed, and what is not declared is left alone", async () => {
  const { run, value, server } = await start();
  await run(declaration);
  const place = { project: "web-shop", environment: "dev", path: "/shared" };
  server.secrets.set({ ...place, key: "URL", value: "drifted" });
  server.secrets.set({ ...place, key: "OTHER", value: "not declared" });
  const changed = {
    ...declaration,
    environments: [{ slug: "dev", name: "Playground" }, ...declaration.environments.slice(1)],
    tags: [{ slug: "database", color: "#f00" }, { slug: "new" }],
  };
  const { lines } = await run(changed);
  expect(lines.slice(lines.indexOf("web-shop: changed") + 1)).toEqual([
    "  ~ environment dev (Playground)",
    "  ~ tag database: colour",
    "  + tag new",
    "  ~ secret dev:/shared URL: value",
  ]);
  expect(value("dev", "/shared", "URL")).toBe("postgres://${PASSWORD}@db");
  expect(value("dev", "/shared", "OTHER")).toBe("not declared");
  expect((await run(changed)).lines).toEqual(["web-shop: nothing to change."]);
});

test("a generated value stays when something else of its secret changes", async () => {
  const { run, value } = await start();
  await run(declaration);
  const password = value("dev", "/shared", "PASSWORD");
  const secrets = [
    { path: "/shared", name: "PASSWORD", generate: 24, comment: "made here", tags: ["database"] },
  ];
  const { lines } = await run({ ...declaration, secrets });
  expect(lines.at(-1)).toBe("  ~ secret prod:/shared PASSWORD: comment, tags");
  expect(value("dev", "/shared", "PASSWORD")).toBe(password);
});

test("a run that broke off is finished by the next one", async () => {
  const { run, server } = await start();
  server.fail({ method: "POST", path: /secrets\/raw/, after: 2 }, { status: 500 });
  const broken = await run(declaration);
  expect(broken.code).toBe(1);
  expect(broken.lines.at(-1)).toMatch(/^bootstrap: SERVER_ERROR: /);
  const { lines } = await run(declaration);
  expect(lines.slice(lines.indexOf("web-shop: changed") + 1)).toEqual([
    "  + secret dev:/shared PASSWORD",
    "  + secret prod:/shared PASSWORD",
    "  + secret prod:/ API_KEY",
    "  + secret dev:/ PEM",
  ]);
  expect((await run(declaration)).lines).toEqual(["web-shop: nothing to change."]);
});

test("--plan prints the plan and changes nothing", async () => {
  const { run, server } = await start();
  const { code, lines } = await run(declaration, ["--plan"]);
  expect([code, lines[0], lines.at(-1)]).toEqual([0, "web-shop: the plan", "  + secret dev:/ PEM"]);
  expect(server.projects.map(({ slug }) => slug)).toEqual(["example-project"]);
});

test.each([
  [{ ...declaration, slug: "" }, /slug must be a non-empty string/],
  [{ ...declaration, environments: [{ slug: "dev" }] }, /environments\[0\]\.name must be a non-empty string/],
  [{ ...declaration, folders: ["shop"] }, /folders\[0\] must be a path such as/],
  [{ ...declaration, folders: "/shop" }, /folders must be an array/],
  [{ ...declaration, imports: [{ into: "/a", from: "/../b" }] }, /imports\[0\]\.from must be a path/],
  [{ ...declaration, secrets: [{ name: "A" }] }, /secrets\[0\] must have one of value, variable and gen/],
  [{ ...declaration, secrets: [{ name: "A", value: "a", generate: 1 }] }, /must have one of/],
  [{ ...declaration, secrets: [{ name: "A", valeu: "a" }] }, /secrets\[0\]\.valeu is unknown/],
  [{ ...declaration, secrets: [{ name: "A", generate: 0 }] }, /secrets\[0\]\.generate must be a whole num/],
  [{ ...declaration, secrets: [{ name: "A", variable: "NOT_SET" }] }, /variable: NOT_SET is not set/],
  [{ ...declaration, secrets: [{ name: "A", value: "a", tags: ["x"] }] }, /tags\[0\] must be one of datab/],
  [
    { ...declaration, secrets: [{ name: "A", value: "a", environments: ["qa"] }] },
    /environments\[0\] must be one of dev, prod/,
  ],
  [
    {
      ...declaration,
      secrets: [
        { name: "A", value: "a" },
        { name: "A", generate: 8 },
      ],
    },
    /secrets has dev:\/ A twice/,
  ],
  ["{", /is not JSON/],
  ["[]", /the declaration must be an object/],
])("a wrong declaration is refused before anything is sent: %#", async (declared, message) => {
  const { run, server } = await start();
  const { code, lines } = await run(declared);
  expect([code, lines.length]).toEqual([1, 1]);
  expect(lines[0]).toMatch(message);
  expect(server.requests).toHaveLength(0);
});

test("wrong flags, files and settings are said in a line", async () => {
  const { run } = await start();
  expect(await run(declaration, ["--force"])).toMatchObject({
    code: 1,
    lines: [expect.stringContaining("--force is unknown")],
  });
  const unset = await run(declaration, [], { INFISICAL_SITE_URL: "" });
  expect(unset.lines).toEqual(["bootstrap: INFISICAL_SITE_URL must be set."]);
  const wrong = await run(declaration, [], { INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: "wrong" });
  expect(wrong.lines[0]).toMatch(/^bootstrap: AUTH_FAILED: /);
  expect((await runMain(["/nowhere.json"], {})).lines[0]).toMatch(/cannot be read \(ENOENT\)/);
});

test("without a file it shows itself on a test server, twice", async () => {
  const { code, lines } = await runMain([], {});
  expect([code, lines.at(-1)]).toEqual([0, "web-shop: nothing to change."]);
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Infisical's references have this form.
import { describe, expect, test } from "vitest";
import type { ProjectSeed, TestServerOptions } from "../src/index.ts";
import { type ApiResponse, type CallOptions, startTest } from "./support/api.ts";

const raw = "/api/v3/secrets/raw";

/** A server with one project for the test, and calls with the project filled in. */
async function start(project: Partial<ProjectSeed> = {}, options: TestServerOptions = {}) {
  const environments = ["dev", "staging", "prod"].map((slug) => ({ name: slug, slug }));
  const started = await startTest({
    projects: [{ name: "Test", slug: "example-project", environments, ...project }],
    ...options,
  });
  const location = { workspaceId: started.projectId, environment: "dev" };
  const send = (method: string, path: string, extra: Record<string, unknown> = {}): Promise<ApiResponse> => {
    const content: CallOptions =
      method === "GET"
        ? { query: { ...location, ...(extra as Record<string, string>) } }
        : { body: { ...location, ...extra } };
    return started.api(method, path, content);
  };
  return { ...started, send };
}

function pairs(response: ApiResponse): Record<string, string> {
  return Object.fromEntries(
    response.body.secrets.map(({ secretKey, secretValue }: Record<string, string>) => [
      secretKey,
      secretValue,
    ]),
  );
}

describe("single secrets", () => {
  test("a secret can be created, read, updated, listed and deleted", async () => {
    const { send, projectId } = await start();
    const created = await send("POST", `${raw}/KEY`, { secretValue: "one" });
    expect(created.status).toBe(200);
    const { secret } = created.body;
    expect(secret).toMatchObject({
      _id: secret.id,
      secretKey: "KEY",
      secretValue: "one",
      secretComment: "",
      version: 1,
      type: "shared",
      workspace: projectId,
      environment: "dev",
    });
    expect(secret).not.toHaveProperty("secretValueHidden");
    const updated = await send("PATCH", `${raw}/KEY`, { secretValue: "two" });
    expect(updated.body.secret).toMatchObject({ id: secret.id, secretValue: "two", version: 2 });
    const read = await send("GET", `${raw}/KEY`);
    expect(read.body.secret).toMatchObject({ secretValue: "two", tags: [], secretPath: "/" });
    expect((await send("GET", raw)).body.secrets).toHaveLength(1);
    const deleted = await send("DELETE", `${raw}/KEY`);
    expect(deleted.body.secret.secretValue).toBe("two");
    const gone = await send("GET", `${raw}/KEY`);
    expect(gone).toMatchObject({
      status: 404,
      body: { error: "NotFound", message: "Secret with name 'KEY' not found" },
    });
  });

  test("a secret cannot be created twice", async () => {
    const { send } = await start();
    await send("POST", `${raw}/KEY`, { secretValue: "one" });
    const again = await send("POST", `${raw}/KEY`, { secretValue: "two" });
    expect(again).toMatchObject({ status: 400, body: { message: "Secret already exists" } });
  });

  test("the value of a secret is trimmed except for one trailing newline", async () => {
    const { send } = await start();
    const store = async (secretValue: string) =>
      (await send("POST", `${raw}/K${Math.random()}`, { secretValue })).body.secret.secretValue;
    expect(await store("  a b\t")).toBe("a b");
    expect(await store(" a\n\n")).toBe("a\n");
    expect(await store("   ")).toBe("");
  });

  test("a secret keeps comment, tags and metadata until an update changes them", async () => {
    const { send, api, projectId } = await start();
    const tag = await api("POST", `/api/v1/projects/${projectId}/tags`, {
      body: { slug: "red", color: "#f00" },
    });
    const fields = {
      secretComment: "why",
      skipMultilineEncoding: true,
      tagIds: [tag.body.tag.id],
      secretMetadata: [{ key: "owner", value: "core" }],
      metadata: { team: "a" },
    };
    await send("POST", `${raw}/KEY`, { secretValue: "one", ...fields });
    const updated = await send("PATCH", `${raw}/KEY`, { secretComment: "because" });
    expect(updated.body.secret).toMatchObject({ secretValue: "", secretComment: "because" });
    for (const field of ["tags", "secretMetadata", "secretPath", "metadata"]) {
      expect(updated.body.secret).not.toHaveProperty(field);
    }
    await send("PATCH", `${raw}/KEY`, { secretValue: "two" });
    const { secret } = (await send("GET", `${raw}/KEY`)).body;
    expect(secret).toMatchObject({
      secretValue: "two",
      secretComment: "because",
      skipMultilineEncoding: true,
      isRotatedSecret: false,
      rotationId: null,
      secretMetadata: [{ key: "owner", value: "core", isEncrypted: false }],
    });
    expect(secret.tags).toEqual([{ id: tag.body.tag.id, slug: "red", color: "#f00", name: "red" }]);
    await send("PATCH", `${raw}/KEY`, { tagIds: [], secretMetadata: [] });
    const { secret: cleared } = (await send("GET", `${raw}/KEY`)).body;
    expect(cleared).toMatchObject({ secretValue: "two", tags: [], secretMetadata: [] });
  });

  test("a reminder is shown by lists only, and only if it has days", async () => {
    const { send } = await start();
    const reminder = { secretReminderNote: "rotate", secretReminderRepeatDays: 30 };
    const created = await send("POST", `${raw}/KEY`, { secretValue: "v", ...reminder });
    const none = { secretReminderNote: null, secretReminderRepeatDays: null };
    expect(created.body.secret).toMatchObject(none);
    expect((await send("GET", `${raw}/KEY`)).body.secret).toMatchObject(none);
    expect((await send("PATCH", `${raw}/KEY`, none)).status).toBe(200);
    await send("POST", `${raw}/NOTE`, { secretValue: "v", secretReminderNote: "no days" });
    const half = await send("POST", `${raw}/HALF`, { secretValue: "v", secretReminderRepeatDays: 1.5 });
    expect(half).toMatchObject({ status: 500, body: { error: "Create" } });
    const [first, ...others] = (await send("GET", raw)).body.secrets.reverse();
    expect([first.secretKey, others.map((one: ApiResponse["body"]) => one.secretKey)]).toEqual([
      "NOTE",
      ["KEY", "HALF"],
    ]);
    expect([others[0], first, others[1]]).toMatchObject([reminder, none, none]);
  });

  test("a write without a name needs the fields of an encrypted secret", async () => {
    const { send } = await start();
    const missing = async (method: string, path: string): Promise<string[]> => {
      const { status, body } = await send(method, path, { secretValue: "v" });
      expect(status).toBe(422);
      return body.message.map((issue: { path: string[] }) => issue.path.join("."));
    };
    const value = ["secretValueCiphertext", "secretValueIV", "secretValueTag"];
    const key = ["secretKeyCiphertext", "secretKeyIV", "secretKeyTag"];
    expect(await missing("POST", `${raw}/`)).toEqual([...key, ...value]);
    expect(await missing("PATCH", raw)).toEqual(value);
  });

  test("a secret keeps its earlier versions, under the names they had", async () => {
    const { send, server } = await start();
    await send("POST", `${raw}/KEY`, { secretValue: "one" });
    server.clock.advance(1000);
    await send("PATCH", `${raw}/KEY`, { secretValue: "two", newSecretName: "NEW" });
    const version = async (name: string, number: string) =>
      (await send("GET", `${raw}/${name}`, { version: number })).body;
    const { secret } = await version("KEY", "1");
    expect(secret).toMatchObject({ version: 1, secretValue: "one", secretPath: "/" });
    for (const field of ["tags", "secretMetadata", "rotationId"]) expect(secret).not.toHaveProperty(field);
    const { secret: current } = await version("NEW", "2");
    expect(current).toMatchObject({ version: 2, secretValue: "two" });
    expect(current.createdAt > secret.createdAt).toBe(true);
    expect(await version("NEW", "1")).toMatchObject({ statusCode: 404 });
    expect(await version("NEW", "3")).toMatchObject({ statusCode: 404 });
    expect(await version("NEW", "abc")).toMatchObject({ statusCode: 422 });
    expect(await version("NEW", "0")).toMatchObject({ statusCode: 404 });
    for (const notInteger of ["1.5", "4294967297"]) {
      expect(await version("NEW", notInteger)).toMatchObject({ statusCode: 500, error: "FindOne" });
    }
  });

  test("a secret can be renamed to a name that is not in use", async () => {
    const { send } = await start({ secrets: { dev: { "/": { OLD: "v", TAKEN: "t" } } } });
    const taken = await send("PATCH", `${raw}/OLD`, { newSecretName: "TAKEN" });
    expect(taken).toMatchObject({
      status: 400,
      body: { message: "Secret with the new name already exists" },
    });
    await send("PATCH", `${raw}/OLD`, { newSecretName: "NEW" });
    expect((await send("GET", `${raw}/OLD`)).status).toBe(404);
    expect((await send("GET", `${raw}/NEW`)).body.secret.secretValue).toBe("v");
  });

  test("the value of a secret is hidden on request", async () => {
    const { send } = await start({ secrets: { dev: { "/": { KEY: "v" } } } });
    const hidden = { secretValue: "<hidden-by-infisical>", secretValueHidden: true };
    expect((await send("GET", `${raw}/KEY`, { viewSecretValue: "false" })).body.secret).toMatchObject(hidden);
    expect((await send("GET", raw, { viewSecretValue: "false" })).body.secrets[0]).toMatchObject(hidden);
  });

  test("a secret can have any name of up to 100 characters without colon and slash, encoded once", async () => {
    const { send } = await start();
    const names = ["a b", "100%", "x%2Fy", "ключ-🔑", "a+b", "a?b", "a#b", "a\nb", 'a"b', "L".repeat(100)];
    for (const name of [...names, "__proto__", "constructor", "toString"]) {
      const path = `${raw}/${encodeURIComponent(name)}`;
      expect((await send("GET", path)).status).toBe(404);
      expect((await send("POST", path, { secretValue: name })).body.secret.secretKey).toBe(name);
      expect((await send("GET", path)).body.secret.secretValue).toBe(name.trim());
    }
    const refusal = async (name: string) => {
      const { status, body } = await send("POST", `${raw}/${encodeURIComponent(name)}`, { secretValue: "v" });
      return [status, Array.isArray(body.message) ? body.message[0].message : body.error];
    };
    const characters = [422, "Secret name cannot contain colon or forward slash."];
    expect(await refusal("a/b")).toEqual(characters);
    expect(await refusal("a:b")).toEqual(characters);
    expect(await refusal(" ")).toEqual([422, "String must contain at least 1 character(s)"]);
    expect(await refusal("a\0b")).toEqual([500, "secrets_v2: FindOne"]);
    expect(await refusal("L".repeat(101))).toEqual([414, "Bad Request"]);
  });

  test("a refused secret request says what is wrong: project, environment, folder, tag, type, fields", async () => {
    const { send } = await start();
    const create = async (extra: Record<string, unknown>) => {
      const { status, body } = await send("POST", `${raw}/KEY`, { secretValue: "v", ...extra });
      return [status, body.error, Array.isArray(body.message) ? body.message[0].path[0] : body.message];
    };
    const unknown = "00000000-0000-4000-8000-000000000000";
    expect(await create({ workspaceId: unknown })).toEqual([
      404,
      "NotFound",
      `Project with ID '${unknown}' not found during bot lookup. Are you sure you are using the correct project ID?`,
    ]);
    const noFolder = (path: string, environment: string) => [
      404,
      "CreateSecret",
      `Folder with path '${path}' in environment with slug '${environment}' not found`,
    ];
    expect(await create({ environment: "nope" })).toEqual(noFolder("/", "nope"));
    expect(await create({ secretPath: "/nope" })).toEqual(noFolder("/nope", "dev"));
    expect(await create({ secretPath: "/a b" })).toEqual([
      400,
      "BadRequest",
      "Invalid secret path. Only alphanumeric characters, dashes, and underscores are allowed.",
    ]);
    expect(await create({ tagIds: [unknown] })).toEqual([404, "NotFound", "Tag not found. Found "]);
    expect(await create({ type: "personal" })).toEqual([
      400,
      "BadRequest",
      "Must be user to create personal secret",
    ]);
    expect(await create({ type: "nope" })).toEqual([422, "ValidationFailure", "type"]);
    expect(await create({ secretValue: null })).toEqual([422, "ValidationFailure", "secretValue"]);
    expect(await create({ workspaceId: undefined })).toEqual([
      400,
      "BadRequest",
      "You must provide projectSlug or workspaceId",
    ]);
    expect(await create({ workspaceId: undefined, projectSlug: "example-project" })).toEqual([
      200,
      undefined,
      undefined,
    ]);
  });

  test("a path needs no leading slash, and further slashes are ignored", async () => {
    const { send } = await start({ folders: { dev: ["/app/db"] } });
    const paths = { A: "app/db", B: "/app//db", C: "/app/db/", D: "", E: "//" };
    for (const [name, secretPath] of Object.entries(paths)) {
      expect((await send("POST", `${raw}/${name}`, { secretPath, secretValue: "v" })).status).toBe(200);
    }
    expect(Object.keys(pairs(await send("GET", raw, { secretPath: "app//db/" })))).toEqual(["A", "B", "C"]);
    expect(Object.keys(pairs(await send("GET", raw)))).toEqual(["D", "E"]);
  });

  test("a refusal is the first of folder, existing name, tags and permission", async () => {
    const { api, projectId } = await start(
      { secrets: { dev: { "/": { KEY: "v" } } } },
      {
        identities: [
          {
            name: "admin",
            universalAuth: {},
            projectRoles: { "example-project": "viewer" },
          },
        ],
      },
    );
    const refusal = async (name: string, extra: Record<string, unknown> = {}) =>
      (
        await api("POST", `${raw}/${name}`, {
          body: { workspaceId: projectId, environment: "dev", secretValue: "v", ...extra },
        })
      ).body.message;
    const tagIds = ["00000000-0000-4000-8000-000000000000"];
    expect(await refusal("KEY", { secretPath: "/nope" })).toContain("Folder with path");
    expect(await refusal("KEY", { tagIds })).toBe("Secret already exists");
    expect(await refusal("NEW", { tagIds })).toContain("Tag not found");
    expect(await refusal("NEW")).toBe("You are not allowed to create on secrets");
  });
});

describe("request bodies", () => {
  test("a request body can be up to 1 MiB", async () => {
    const { send } = await start();
    expect((await send("POST", `${raw}/BIG`, { secretValue: "x".repeat(1_048_000) })).status).toBe(200);
    expect((await send("POST", `${raw}/HUGE`, { secretValue: "x".repeat(1_048_600) })).status).toBe(500);
  });

  test("a request body is required and must be JSON", async () => {
    const { server, token } = await start();
    const post = async (contentType: string | undefined, body?: string) => {
      const headers = {
        authorization: `Bearer ${token}`,
        ...(contentType && { "content-type": contentType }),
      };
      const response = await server.fetch(`${raw}/KEY`, { method: "POST", headers, body: body ?? null });
      return response.status;
    };
    expect(await post(undefined)).toBe(422);
    expect(await post("application/json", "")).toBe(500);
    expect(await post("application/json", "{")).toBe(500);
    expect(await post("application/xml", "<x/>")).toBe(500);
    expect(await post("text/plain", "hello")).toBe(422);
  });
});

describe("lists", () => {
  const seed: Partial<ProjectSeed> = {
    tags: [{ slug: "blue" }, { slug: "red" }],
    secrets: {
      dev: {
        "/": {
          A: { value: "a", tags: ["blue", "red"], metadata: { team: "core", tier: "1" } },
          B: { value: "b", tags: ["red"], metadata: { team: "core" } },
          C: "c",
        },
        "/app": { D: "d" },
        "/app/db": { E: "e" },
      },
    },
  };

  test("a list has the secrets of one folder, or of all below it", async () => {
    const { send } = await start(seed);
    expect(pairs(await send("GET", raw))).toEqual({ A: "a", B: "b", C: "c" });
    expect(pairs(await send("GET", raw, { secretPath: "/app/" }))).toEqual({ D: "d" });
    const below = await send("GET", raw, { secretPath: "/app", recursive: "true" });
    expect(below.body.secrets.map((secret: Record<string, string>) => secret["secretPath"]).sort()).toEqual([
      "/app",
      "/app/db",
    ]);
    expect(pairs(await send("GET", raw, { recursive: "true" }))).toEqual({
      A: "a",
      B: "b",
      C: "c",
      D: "d",
      E: "e",
    });
  });

  test("a list of a folder or an environment that does not exist is refused", async () => {
    const { send, projectId } = await start(seed);
    const refusal = async (location: Record<string, string>) => {
      const { status, body } = await send("GET", raw, location);
      return [status, body.error, body.message];
    };
    const noFolder = (path: string, environment: string) => [
      404,
      "SecretPathNotFound",
      `Folder with path '${path}' in environment '${environment}' was not found. Please ensure the environment slug and secret path is correct.`,
    ];
    expect(await refusal({ secretPath: "/nope" })).toEqual(noFolder("/nope", "dev"));
    expect(await refusal({ secretPath: "/nope", recursive: "true" })).toEqual(noFolder("/nope", "dev"));
    expect(await refusal({ environment: "nope" })).toEqual(noFolder("/", "nope"));
    expect(await refusal({ environment: "nope", recursive: "true" })).toEqual([
      404,
      "NotFound",
      `Environment with slug 'nope' in project with ID ${projectId} not found`,
    ]);
  });

  test("a list is filtered by any of the tags, and shows only those tags", async () => {
    const { send } = await start(seed);
    const blue = await send("GET", raw, { tagSlugs: "blue" });
    expect(pairs(blue)).toEqual({ A: "a" });
    expect(blue.body.secrets[0].tags.map(({ slug }: { slug: string }) => slug)).toEqual(["blue"]);
    expect(pairs(await send("GET", raw, { tagSlugs: "blue, red" }))).toEqual({ A: "a", B: "b" });
    expect(pairs(await send("GET", raw, { tagSlugs: "nope" }))).toEqual({});
  });

  test("a list is filtered by all of the metadata", async () => {
    const { send } = await start(seed);
    const filtered = async (metadataFilter: string) => pairs(await send("GET", raw, { metadataFilter }));
    expect(await filtered("key=team,value=core")).toEqual({ A: "a", B: "b" });
    expect(await filtered("key=team,value=core|key=tier,value=1")).toEqual({ A: "a" });
    expect(await filtered("key=team,value=core|key=tier")).toEqual({ A: "a", B: "b" });
    expect(await filtered("Key = team , value=core=more")).toEqual({ A: "a", B: "b" });
    const many = await send("GET", raw, { metadataFilter: Array(11).fill("key=a,value=b").join("|") });
    expect(many.body.message[0]).toMatchObject({
      code: "custom",
      message: "You can only filter by up to 10 metadata fields",
    });
  });

  test("a list accepts only true and false as booleans, and says what is missing", async () => {
    const { send, api, projectId } = await start(seed);
    for (const value of ["True", "1", "yes", ""]) {
      const { status, body } = await send("GET", raw, { recursive: value });
      expect([status, body.message[0].code, body.message[0].received]).toEqual([
        422,
        "invalid_enum_value",
        value,
      ]);
    }
    expect((await send("GET", raw, { includeImports: "nonsense" })).status).toBe(200);
    const missing = await api("GET", raw, { query: { workspaceId: projectId } });
    expect(missing).toMatchObject({ status: 400, body: { message: "Missing project id or environment" } });
  });

  test("a list finds the project by its slug too", async () => {
    const { api } = await start(seed);
    const query = { workspaceSlug: "example-project", environment: "dev" };
    expect(pairs(await api("GET", raw, { query }))).toEqual({ A: "a", B: "b", C: "c" });
    const unknown = await api("GET", raw, { query: { ...query, workspaceSlug: "nope" } });
    expect(unknown.status).toBe(404);
  });

  test("a list is answered with 304 while nothing has changed, for its tag and the weak form of it", async () => {
    const { server, api, send, projectId } = await start(seed);
    const query = { workspaceId: projectId, environment: "dev" };
    const etag = (await api("GET", raw, { query })).headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[^"]+"$/);
    const again = (tag = etag) => api("GET", raw, { query, headers: { "if-none-match": tag } });
    expect(await again()).toMatchObject({ status: 304, body: "" });
    expect((await again(`W/${etag}`)).status).toBe(304);
    expect((await again("*")).status).toBe(200);
    expect((await again(`"x", ${etag}`)).status).toBe(200);
    await send("PATCH", `${raw}/A`, { secretValue: "changed" });
    expect((await again()).status).toBe(200);
    expect(server.requests.at(-1)?.status).toBe(200);
  });
});

describe("references", () => {
  const seed: Partial<ProjectSeed> = {
    secrets: {
      dev: {
        "/": {
          HOST: "localhost",
          EMPTY: "",
          DOLLARS: "$& $1 $$",
          LOCAL: "x-${HOST}-y",
          CHAIN: "c:${LOCAL}${LOCAL}",
          OTHER: "${staging.db.main.HOST}/${staging.TOP}",
          MISSING: "a-${NOPE}-${nope.X}-${dev.nope.X}",
          SELF: "s-${SELF}",
          CYCLE_A: "a-${CYCLE_B}",
          CYCLE_B: "b-${CYCLE_A}",
          BLANKS: "${ HOST }",
          INTO_CYCLE: "i-${CYCLE_A}",
          NOTHING: "e-${EMPTY}-e",
          COSTS: "${DOLLARS}",
          LINES: { value: "${TWO_LINES}", skipMultilineEncoding: true },
          TWO_LINES: "one\ntwo",
        },
      },
      staging: { "/": { TOP: "top" }, "/db/main": { HOST: "db", NAME: "${HOST}" } },
    },
  };
  const expanded = {
    LOCAL: "x-localhost-y",
    CHAIN: "c:x-localhost-yx-localhost-y",
    OTHER: "db/top",
    MISSING: "a---",
    SELF: "s-s-${SELF}",
    CYCLE_A: "a-b-a-${CYCLE_B}",
    CYCLE_B: "b-a-b-${CYCLE_A}",
    INTO_CYCLE: "i-a-b-a-${CYCLE_B}",
    BLANKS: "${ HOST }",
    NOTHING: "e--e",
    COSTS: "$& $1 $$",
    LINES: '"one\\ntwo"',
  };

  test("references are expanded on request, in single secrets and in lists", async () => {
    const { send } = await start(seed);
    for (const [name, value] of Object.entries(expanded)) {
      const response = await send("GET", `${raw}/${name}`, { expandSecretReferences: "true" });
      expect([name, response.body.secret.secretValue]).toEqual([name, value]);
    }
    expect(pairs(await send("GET", raw, { expandSecretReferences: "true" }))).toMatchObject(expanded);
  });

  test("references are looked up at the location of the secret that contains them", async () => {
    const { send } = await start(seed);
    const query = { environment: "staging", secretPath: "/db/main", expandSecretReferences: "true" };
    expect((await send("GET", `${raw}/NAME`, query)).body.secret.secretValue).toBe("db");
  });

  test("references stay unchanged by default", async () => {
    const { send } = await start(seed);
    expect((await send("GET", `${raw}/LOCAL`)).body.secret.secretValue).toBe("x-${HOST}-y");
    expect(pairs(await send("GET", raw))).toMatchObject({ LOCAL: "x-${HOST}-y" });
  });

  test("references that multiply are expanded quickly", async () => {
    const secrets: Record<string, string> = { L0: "x" };
    for (let level = 1; level <= 9; level += 1) secrets[`L${level}`] = `\${L${level - 1}}`.repeat(4);
    const { send } = await start({ secrets: { dev: { "/": secrets } } });
    const response = await send("GET", `${raw}/L9`, { expandSecretReferences: "true" });
    expect(response.body.secret.secretValue).toHaveLength(4 ** 9);
  });
});

describe("imports", () => {
  const from = (path: string) => ({ environment: "prod", path });
  const seed: Partial<ProjectSeed> = {
    secrets: {
      dev: { "/": { OWN: "own", ALL: "own" } },
      prod: {
        "/one": { ONE: "1", BOTH: "one", ALL: "one", REF: "${ONE}" },
        "/two": { TWO: "2", BOTH: "two", ALL: "two" },
        "/three": { THREE: "3", TWO: "three" },
      },
    },
    imports: [
      { environment: "dev", import: from("/one") },
      { environment: "dev", import: from("/two") },
      { environment: "prod", path: "/two", import: from("/three") },
      { environment: "prod", path: "/three", import: from("/two") },
      { environment: "dev", import: from("/gone") },
    ],
  };

  test("imports are listed by position, with nested ones merged into their parents and cycles cut", async () => {
    const { send } = await start(seed);
    const { body } = await send("GET", raw, { include_imports: "true" });
    const imports = body.imports.map((entry: ApiResponse["body"]) => [
      entry.secretPath,
      pairs({ body: entry } as ApiResponse),
    ]);
    expect(imports).toEqual([
      ["/one", { ONE: "1", BOTH: "one", ALL: "one", REF: "1" }],
      ["/two", { TWO: "2", BOTH: "two", ALL: "two", THREE: "3" }],
      ["/gone", {}],
    ]);
    expect(body.imports[0]).toMatchObject({ environment: "prod", folderId: expect.any(String) });
    for (const field of ["createdAt", "updatedAt", "tags", "secretPath"]) {
      expect(body.imports[0].secrets[0]).not.toHaveProperty(field);
    }
    expect(body.imports[0].secrets[0]).toMatchObject({ workspace: "", isRotatedSecret: false });
    expect((await send("GET", raw)).body.imports).toEqual([]);
  });

  test("a single secret is looked up in its folder first, then in the last import", async () => {
    const { send } = await start(seed);
    const value = async (name: string, include = "true") =>
      (await send("GET", `${raw}/${name}`, { include_imports: include })).body.secret?.secretValue;
    expect(await value("ALL")).toBe("own");
    expect(await value("BOTH")).toBe("two");
    expect(await value("THREE")).toBe("3");
    expect(await value("ONE")).toBe("1");
    expect(await value("ONE", "false")).toBeUndefined();
    const { secret } = (await send("GET", `${raw}/THREE`, { include_imports: "true" })).body;
    expect(secret).toMatchObject({ environment: "prod", secretPath: "/two" });
  });
});

describe("approvals", () => {
  test("writes to a location with an approval policy become requests and change nothing", async () => {
    const { send, server } = await start({
      approvals: [{ environment: "prod" }, { environment: "dev", path: "/app/**" }],
      secrets: { prod: { "/": { KEY: "v" } } },
      folders: { dev: ["/app/db"] },
    });
    const prod = { environment: "prod" };
    const item = [{ secretKey: "KEY", secretValue: "w" }];
    for (const response of [
      await send("POST", `${raw}/NEW`, { ...prod, secretValue: "v" }),
      await send("PATCH", `${raw}/KEY`, { ...prod, secretValue: "w" }),
      await send("DELETE", `${raw}/KEY`, prod),
      await send("PATCH", "/api/v3/secrets/batch/raw", { ...prod, secrets: item }),
      await send("POST", `${raw}/NEW`, { secretPath: "/app/db", secretValue: "v" }),
    ]) {
      expect(response.status).toBe(200);
      expect(response.body).toEqual({
        approval: expect.objectContaining({ status: "open", slug: expect.any(String) }),
      });
    }
    expect(server.secrets.get({ environment: "prod", key: "KEY" })).toBe("v");
    expect((await send("POST", `${raw}/NEW`, { secretValue: "v" })).body).toHaveProperty("secret");
  });
});

describe("the v4 routes", () => {
  test("the v4 routes share the store with v3 and use another field for the project", async () => {
    const { api, projectId, send } = await start({
      secrets: { dev: { "/": { HOST: "h", URL: "http://${HOST}" } }, prod: { "/": { SHARED: "s" } } },
      imports: [{ environment: "dev", import: { environment: "prod" } }],
    });
    const location = { projectId, environment: "dev" };
    await api("POST", "/api/v4/secrets/NEW", { body: { ...location, secretValue: "v" } });
    expect((await send("GET", `${raw}/NEW`)).body.secret.secretValue).toBe("v");
    const { body } = await api("GET", "/api/v4/secrets", { query: location });
    expect(pairs({ body } as ApiResponse)).toEqual({ HOST: "h", URL: "http://h", NEW: "v" });
    expect(pairs({ body: body.imports[0] } as ApiResponse)).toEqual({ SHARED: "s" });
    const old = await api("GET", "/api/v4/secrets", { query: { ...location, include_imports: "false" } });
    expect(old.body.imports).toEqual([]);
    const one = await api("GET", "/api/v4/secrets/SHARED", { query: location });
    expect(one.body.secret.secretValue).toBe("s");
    const byId = await api("GET", `/api/v4/secrets/id/${one.body.secret.id}`);
    expect(byId.body.secret.secretKey).toBe("SHARED");
    const missing = await api("POST", "/api/v4/secrets/X", {
      body: { environment: "dev", secretValue: "v" },
    });
    expect(missing.body.message[0].path).toEqual(["projectId"]);
  });
});

describe("batches", () => {
  const batch = "/api/v3/secrets/batch/raw";
  const items = (...keys: string[]) => ({
    secrets: keys.map((secretKey) => ({ secretKey, secretValue: secretKey })),
  });

  test("batches create, update and delete many secrets", async () => {
    const { send } = await start();
    const created = await send("POST", batch, items("A", "B", "b %"));
    expect(pairs(created)).toEqual({ A: "A", B: "B", "b %": "b %" });
    const updated = await send("PATCH", batch, {
      secrets: [
        { secretKey: "A", secretValue: "2" },
        { secretKey: "B", newSecretName: "C", secretComment: "c" },
      ],
    });
    expect(pairs(updated)).toEqual({ A: "2", C: "B" });
    const deleted = await send("DELETE", batch, { secrets: [{ secretKey: "A" }, { secretKey: "C" }] });
    expect(pairs(deleted)).toEqual({ A: "2", C: "B" });
    expect(pairs(await send("GET", raw))).toEqual({ "b %": "b %" });
  });

  test("a batch writes nothing if a part of it cannot be written", async () => {
    const { send, api, projectId } = await start({ secrets: { dev: { "/": { A: "a" } } } });
    expect(await send("POST", batch, items("B", "A"))).toMatchObject({
      status: 400,
      body: { message: "Secret already exists: A" },
    });
    const refused = await send("POST", batch, items("B", "a/b"));
    expect([refused.status, refused.body.message[0].path]).toEqual([422, ["secrets", 1, "secretKey"]]);
    expect(await send("PATCH", batch, items("A", "B"))).toMatchObject({
      status: 404,
      body: { message: "Secret does not exist: B in path /" },
    });
    expect(await send("DELETE", batch, items("A", "B"))).toMatchObject({
      status: 404,
      body: { message: "One or more secrets does not exist: A" },
    });
    const personal = { secrets: [{ secretKey: "A", type: "personal" }] };
    expect((await send("DELETE", batch, personal)).status).toBe(500);
    expect((await send("POST", batch, { secrets: [] })).status).toBe(422);
    const nowhere = await api("POST", batch, { body: { environment: "dev", ...items("B") } });
    expect(nowhere).toMatchObject({
      status: 400,
      body: { message: "Must provide either project slug or projectId" },
    });
    expect(pairs(await send("GET", raw))).toEqual({ A: "a" });
    expect(
      (
        await api("POST", batch, {
          body: { projectSlug: "example-project", environment: "dev", ...items("B") },
        })
      ).status,
    ).toBe(200);
    expect(projectId).not.toBe("");
  });

  test("a batch update ignores or creates missing secrets by its mode", async () => {
    const { api, projectId, send } = await start({ secrets: { dev: { "/": { A: "a" } } } });
    const update = (mode: string) =>
      api("PATCH", "/api/v4/secrets/batch", {
        body: { projectId, environment: "dev", mode, ...items("A", "B") },
      });
    expect(pairs(await update("ignore"))).toEqual({ A: "A" });
    expect(pairs(await update("upsert"))).toEqual({ A: "A", B: "B" });
    expect(pairs(await send("GET", raw))).toEqual({ A: "A", B: "B" });
  });

  test("a batch update does not overwrite one of its secrets with another", async () => {
    const { api, projectId, send } = await start({ secrets: { dev: { "/": { A: "a", B: "b" } } } });
    const update = (secrets: object[], mode = "failOnNotFound") =>
      api("PATCH", "/api/v4/secrets/batch", { body: { projectId, environment: "dev", mode, secrets } });
    const renames = ["A", "B"].map((secretKey) => ({ secretKey, newSecretName: "C" }));
    expect(await update(renames)).toMatchObject({
      status: 400,
      body: { message: "Secret with new name already exists: C, C" },
    });
    expect(pairs(await send("GET", raw))).toEqual({ A: "a", B: "b" });
    const twins = ["1", "2"].map((secretValue) => ({ secretKey: "NEW", secretValue }));
    const { body } = await update(twins, "upsert");
    expect(new Set(body.secrets.map(({ id }: { id: string }) => id)).size).toBe(1);
    expect(pairs(await send("GET", raw))).toEqual({ A: "a", B: "b", NEW: "2" });
  });

  test("a batch has one secret of each name, the last one", async () => {
    const { send } = await start({ secrets: { dev: { "/": { OLD: "v" } } } });
    const twins = (secretKey: string) => ({
      secrets: ["1", "2"].map((secretValue) => ({ secretKey, secretValue })),
    });
    expect(pairs(await send("POST", batch, twins("NEW")))).toEqual({ NEW: "2" });
    const updated = await send("PATCH", batch, twins("OLD"));
    expect(updated.body.secrets).toMatchObject([{ secretKey: "OLD", secretValue: "2", version: 2 }]);
    const kept = await send("PATCH", batch, { secrets: [{ secretKey: "OLD", secretComment: "c" }] });
    expect(kept.body.secrets).toMatchObject([{ secretValue: "2", secretComment: "c" }]);
  });

  test("a batch update reaches several folders, each of which must exist", async () => {
    const { send } = await start({ secrets: { dev: { "/": { A: "a" }, "/app": { A: "a" } } } });
    const update = (secretPath: string) =>
      send("PATCH", batch, {
        secrets: [
          { secretKey: "A", secretValue: "b" },
          { secretKey: "A", secretValue: "c", secretPath },
        ],
      });
    expect(await update("/nope")).toMatchObject({ status: 404, body: { message: "Folder not found" } });
    expect((await update("/app")).body.secrets).toHaveLength(2);
    expect(pairs(await send("GET", raw, { secretPath: "/app" }))).toEqual({ A: "c" });
  });
});

describe("moves", () => {
  test.each(["/api/v3/secrets/move", "/api/v4/secrets/move"])(
    "secrets move to another folder (%s)",
    async (path) => {
      const { api, send, projectId } = await start({
        secrets: { dev: { "/": { A: "a", B: "b" } }, prod: { "/app": { B: "other" } } },
      });
      const ids = (await send("GET", raw)).body.secrets.map(({ id }: { id: string }) => id);
      const move = (extra: Record<string, unknown>) =>
        api("POST", path, {
          body: {
            projectId,
            projectSlug: "example-project",
            sourceEnvironment: "dev",
            destinationEnvironment: "prod",
            destinationSecretPath: "/app",
            secretIds: ids,
            ...extra,
          },
        });
      const messageOf = async (extra: Record<string, unknown>) => (await move(extra)).body.message;
      expect(await messageOf({})).toBe(
        "Failed to move secrets. The following secrets already exist in the destination: B",
      );
      expect(await messageOf({ secretIds: ["x"] })).toBe("Invalid secrets");
      expect(await messageOf({ destinationSecretPath: "/x" })).toBe(
        "Destination folder with path '/x' in environment with slug 'prod' not found",
      );
      expect((await move({ shouldOverwrite: true })).body).toEqual({
        isSourceUpdated: true,
        isDestinationUpdated: true,
      });
      expect(pairs(await send("GET", raw))).toEqual({});
      const target = { environment: "prod", secretPath: "/app" };
      expect(pairs(await send("GET", raw, target))).toEqual({ A: "a", B: "b" });
    },
  );
});

describe("routes for users", () => {
  test.each([
    "/api/v4/secrets/KEY/reference-dependency-tree",
    "/api/v1/secret/00000000-0000-4000-8000-000000000000/secret-versions",
  ])("an identity is refused where only users are let in (%s)", async (path) => {
    const { api } = await start();
    expect(await api("GET", path)).toMatchObject({
      status: 403,
      body: {
        message: "You are not allowed to access this resource",
        error: `Forbidden access to ${path}`,
      },
    });
  });
});

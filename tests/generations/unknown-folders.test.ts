import type { InfisicalSDK } from "@infisical/sdk";
import { describe, expect, test } from "vitest";
import { type Generation, generations, type ReplayingServer } from "#test-kit";
import { connect, location } from "./connect.ts";

type Location = typeof location & { readonly environment: string; readonly secretPath?: string };

/** The calls that list secrets. */
const reads: Readonly<
  Record<string, (sdk: InfisicalSDK, at: Location, strict: boolean) => Promise<unknown>>
> = {
  listSecrets: (sdk, at, strict) => sdk.secrets().listSecrets({ ...at, strict }),
  "listSecrets with imports": (sdk, at, strict) =>
    sdk.secrets().listSecrets({ ...at, includeImports: true, strict }),
  listSecretsWithImports: (sdk, at, strict) => sdk.secrets().listSecretsWithImports({ ...at, strict }),
  listSecretsIfChanged: (sdk, at, strict) => sdk.secrets().listSecretsIfChanged({ ...at, strict }),
  getSecrets: (sdk, at, strict) => sdk.secrets().getSecrets({ ...at, secretNames: ["A"], strict }),
};
const cases = Object.entries(reads).flatMap(([name, read]) =>
  [false, true].map((strict) => ({ name: strict ? `${name}, strict` : name, read, strict })),
);

const inWords = "Folder with path '/nope' in environment 'dev' was not found";

/** Prepares what a server of this age answers to a list of a folder that does not exist. */
function listUnknownFolder(server: ReplayingServer, generation: Generation): void {
  if (generation === "october-2024") {
    server.next("121-list-empty");
    server.nextResponse({ body: { folders: [{ name: "other" }] } });
    return;
  }
  const { status, body } = server.recording("074-v4-list-unknown-env").response;
  const message = `${inWords}. Please ensure the environment slug and secret path is correct.`;
  server.nextResponse({ status, body: { ...Object(body), message } });
}

/** Prepares what a server of this age answers to a list of an environment that does not exist. */
function listUnknownEnvironment(server: ReplayingServer, generation: Generation): void {
  if (generation === "october-2024") server.next("121-list-empty", "118-folder-list-unknown-env");
  else server.nextResponse(server.recording("074-v4-list-unknown-env").response);
}

describe.each(generations)("against a server of %s", (generation) => {
  test.each(cases)("$name of an unknown folder is NOT_FOUND", async ({ read, strict }) => {
    const { server, sdk } = await connect(generation);
    listUnknownFolder(server, generation);
    const error: unknown = await read(sdk, { ...location, secretPath: "/nope" }, strict).catch((e) => e);
    expect(error).toMatchObject({
      name: "InfisicalSDKRequestError",
      code: "NOT_FOUND",
      text: expect.stringContaining(inWords),
    });
  });

  test.each(cases)("$name of an unknown environment is NOT_FOUND", async ({ read, strict }) => {
    const { server, sdk } = await connect(generation);
    listUnknownEnvironment(server, generation);
    const error: unknown = await read(sdk, { ...location, environment: "nope" } as never, strict).catch(
      (e) => e,
    );
    expect(error).toMatchObject({
      name: "InfisicalSDKRequestError",
      code: "NOT_FOUND",
      statusCode: 404,
      text: expect.stringContaining("Folder with path '/' in environment 'nope' was not found"),
    });
  });

  test.each([false, true])("a recursive list of an unknown environment, strict: %s", async (strict) => {
    const { server, sdk } = await connect(generation);
    server.next("313-list-recursive-unknown-env");
    if (generation === "october-2024") server.next("118-folder-list-unknown-env");
    const options = { ...location, environment: "nope", recursive: true, strict };
    await expect(sdk.secrets().listSecrets(options)).rejects.toMatchObject({
      name: "InfisicalSDKRequestError",
      code: "NOT_FOUND",
      text: expect.stringContaining("Environment with slug 'nope' in project with ID"),
    });
  });

  test.each(cases)("$name of an empty folder is empty", async ({ read, strict }) => {
    const { server, sdk } = await connect(generation);
    server.next("122-list-empty-with-imports");
    server.nextResponse({ body: { folders: [{ name: "other" }, { name: "empty" }] } });
    const result: unknown = await read(sdk, { ...location, secretPath: "/empty" }, strict);
    const { secrets } = Array.isArray(result) ? { secrets: result } : Object(result);
    expect(secrets).toEqual([]);
  });
});

describe("an older server's empty list", () => {
  test.each([
    [403, { statusCode: 403, error: "PermissionDenied", message: "no" }],
    [500, { statusCode: 500, error: "InternalServerError", message: "Something went wrong" }],
    [404, { statusCode: 404, error: "Not Found", message: "Route GET:/api/v1/folders not found" }],
  ])("stays empty if the folder cannot be looked up (%i); strict rejects", async (status, body) => {
    for (const strict of [false, true]) {
      const { server, sdk } = await connect("october-2024");
      server.next("121-list-empty");
      for (let attempt = 0; attempt < 5; attempt += 1) server.nextResponse({ status, body });
      const outcome: unknown = await sdk
        .secrets()
        .listSecrets({ ...location, strict })
        .catch((e) => e);
      if (strict) expect(outcome).toMatchObject({ name: "InfisicalSDKRequestError" });
      else expect(outcome).toEqual({ secrets: [] });
    }
  });
});

test("a current server's empty list costs one request unless its imports are asked for", async () => {
  const { server, sdk } = await connect("july-2026");
  server.next("121-list-empty");
  await sdk.secrets().listSecrets(location);
  await sdk.secrets().getSecrets({ ...location, secretNames: ["A"] });
  expect(server.requests.map(({ path }) => path)).toEqual(["/api/v3/secrets/raw", "/api/v3/secrets/raw"]);
});

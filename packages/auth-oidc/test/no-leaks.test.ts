import { type TokenSource, type Transport, TransportError } from "@infisical/core";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { azurePipelines } from "../src/azure-pipelines.ts";
import { bitbucket } from "../src/bitbucket.ts";
import { buildkite } from "../src/buildkite.ts";
import { circleci } from "../src/circleci.ts";
import { gcpMetadata } from "../src/gcp.ts";
import { githubActions } from "../src/github-actions.ts";
import { gitlab } from "../src/gitlab.ts";
import { hcpTerraform } from "../src/hcp-terraform.ts";
import { fromVariable } from "../src/variable.ts";
import { vercel } from "../src/vercel.ts";
import { contextOf, emptyEnvironment, failureWithout, setVariables } from "./source-kit.ts";

emptyEnvironment();

const credential = "hunter2-credential";
/** Shorter than real ones, which are recognized by their length. */
const issued = "eyJhbGciOiJub25lIn0.aHVudGVyMi1pc3N1ZWQ.c2lnbmF0dXJl";
const parts = issued.split(".");
const secrets = [credential, ...parts];

const sources: Record<string, readonly [TokenSource, Readonly<Record<string, string>>]> = {
  githubActions: [
    githubActions({ audience: "aud" }),
    { ACTIONS_ID_TOKEN_REQUEST_URL: "http://platform.test/?a=1", ACTIONS_ID_TOKEN_REQUEST_TOKEN: credential },
  ],
  buildkite: [
    buildkite({ audience: "aud" }),
    {
      BUILDKITE_AGENT_ENDPOINT: "http://platform.test/v3",
      BUILDKITE_AGENT_ACCESS_TOKEN: credential,
      BUILDKITE_JOB_ID: "job",
    },
  ],
  azurePipelines: [
    azurePipelines({ serviceConnectionId: "id" }),
    { SYSTEM_OIDCREQUESTURI: "http://platform.test/token", SYSTEM_ACCESSTOKEN: credential },
  ],
  gcpMetadata: [gcpMetadata({ audience: "aud" }), {}],
  vercel: [vercel({ audience: "aud" }), { VERCEL_OIDC_TOKEN: "eyJhbGciOiJub25lIn0.aHVudGVyMg.aHVudGVyMg" }],
};

const flavor = { "metadata-flavor": "Google" };

/** What a platform may answer that repeats what it was sent, and shows what it has issued. */
const answers: Record<string, (request: Parameters<Transport>[0]) => ReturnType<Transport>> = {
  "a refusal in JSON": async ({ headers, body }) => ({
    status: 403,
    headers: flavor,
    body: JSON.stringify({ message: `${headers["authorization"]} ${body} ${issued}` }),
  }),
  "a refusal in text": async ({ headers }) => ({
    status: 401,
    headers: flavor,
    body: `${headers["authorization"]} ${issued}`,
  }),
  "a failure": async ({ headers }) => ({
    status: 500,
    headers: flavor,
    body: `${headers["authorization"]} ${issued}`,
  }),
  "the token in another field": async () => ({
    status: 200,
    headers: flavor,
    body: JSON.stringify({ id_token: issued, [issued]: 1 }),
  }),
  "the token among other text": async () => ({
    status: 200,
    headers: flavor,
    body: `token: ${issued} ${credential}`,
  }),
  "the token in quotation marks": async () => {
    const token = `"${issued}"`;
    return { status: 200, headers: flavor, body: JSON.stringify({ value: token, token, oidcToken: token }) };
  },
  "an error that repeats the request": async ({ headers, body }) => {
    throw new Error(`${headers["authorization"]} ${body} ${issued}`);
  },
  "a broken connection": async ({ headers }) => {
    throw new TransportError(`${headers["authorization"]} ${issued}`, { sent: true });
  },
};

describe.each(Object.entries(sources))("no error of %s shows a token", (_, [source, variables]) => {
  test.each(Object.entries(answers))("after %s", async (_name, answer) => {
    setVariables(variables);
    const sent = [...secrets, ...Object.values(variables).filter((value) => value.startsWith("eyJ"))];
    const failure = await failureWithout(sent, source, contextOf({ transport: answer }));
    expect(failure.code).toMatch(/^(?:AUTH_FAILED|SERVER_ERROR|UNREACHABLE)$/);
  });
});

test.each<[string, TokenSource]>([
  ["BITBUCKET_STEP_OIDC_TOKEN", bitbucket()],
  ["CIRCLE_OIDC_TOKEN", circleci()],
  ["INFISICAL_JWT", gitlab()],
  ["TFC_WORKLOAD_IDENTITY_TOKEN", hcpTerraform()],
  ["MY_TOKEN", fromVariable("MY_TOKEN")],
  ["VERCEL_OIDC_TOKEN", vercel()],
])("no error about the variable %s shows its value", async (name, source) => {
  const expired = ["e30", Buffer.from('{"exp":1,"a":"hunter2"}').toString("base64url"), "c2ln"].join(".");
  for (const value of [`Bearer ${issued}`, `'${issued}'`, `${issued}.${parts[1]}`, `${issued}!`, expired]) {
    setVariables({ [name]: value });
    await failureWithout([...parts, "hunter2", expired], source);
  }
});

test("no error about a request of Vercel shows its header", async () => {
  const symbol = Symbol.for("@vercel/request-context");
  const get = vi.fn(() => ({ headers: { "x-vercel-oidc-token": `Bearer ${issued}` } }));
  Object.assign(globalThis, { [symbol]: { get } });
  onTestFinished(() => void delete (globalThis as Record<symbol, unknown>)[symbol]);
  await failureWithout(parts, vercel());
  expect(get).toHaveBeenCalledOnce();
});

import type { TransportRequest } from "@infisical/core";
import { createTestGoogleMetadata } from "@infisical/test-server/clouds";
import { expect, onTestFinished, test } from "vitest";
import { gcpMetadata } from "../src/gcp.ts";
import { requestCases } from "./request-cases.ts";
import { claimsOf, contextOf, failureWithout, setVariables, silent, startIssuer } from "./source-kit.ts";

const audience = "https://infisical.test";

requestCases(
  async (options) => {
    const standIn = createTestGoogleMetadata(options);
    setVariables(await standIn.listen());
    return { standIn, source: gcpMetadata({ audience }), credentials: [] };
  },
  {
    name: "Google's metadata server",
    limit: 2000,
    waits: [500, 1500],
    headers: { "metadata-flavor": "Google" },
  },
);

async function startMachine() {
  const { issuer } = await startIssuer();
  const standIn = createTestGoogleMetadata({ issuer });
  const variables = await standIn.listen();
  setVariables(variables);
  onTestFinished(() => standIn.close());
  return { standIn, variables };
}

test("the audience is encoded, and format=full makes the token name account and machine", async () => {
  const { standIn } = await startMachine();
  const token = await gcpMetadata({ audience: "a b&format=standard" })(contextOf());
  expect(claimsOf(token)).toMatchObject({
    aud: "a b&format=standard",
    email: "app@acme.iam.gserviceaccount.com",
    google: { compute_engine: { project_id: "acme" } },
  });
  expect(standIn.requests[0]?.query).toEqual({ audience: "a b&format=standard", format: "full" });
  expect(standIn.requests[0]?.headers["metadata-flavor"]).toBe("Google");
});

test.each([404, 503])("in a pod's first seconds, status %i is tried again", async (status) => {
  const { standIn } = await startMachine();
  standIn.fail({ times: 2 }, { status, body: "starting", headers: { "metadata-flavor": "Google" } });
  expect(await gcpMetadata({ audience })(contextOf())).toMatch(/^eyJ/);
  expect(standIn.requests).toHaveLength(3);
});

test("a machine without a service account is told so", async () => {
  const { standIn } = await startMachine();
  standIn.fail({ times: 9 }, { status: 404, body: "Not Found", headers: { "metadata-flavor": "Google" } });
  expect(await failureWithout([], gcpMetadata({ audience }))).toMatchObject({
    code: "AUTH_FAILED",
    message:
      "Google's metadata server refused with status 404: Not Found. " +
      "A service account must be attached to the machine, the service or the pod.",
  });
});

const elsewhere =
  "Outside of Google Cloud there is no metadata server, and the user credentials of gcloud cannot issue such tokens.";

test.each([200, 404, 401])(
  "a response without Metadata-Flavor (status %i) is not Google's",
  async (status) => {
    const { standIn } = await startMachine();
    standIn.fail({ times: 9 }, { status, body: "eyJh.hunter2.eyJh" });
    expect(await failureWithout(["hunter2"], gcpMetadata({ audience }))).toMatchObject({
      code: "TOKEN_UNAVAILABLE",
      message:
        `What answered (status ${status}) is not the metadata server of Google Cloud: the response has no header ` +
        `"Metadata-Flavor: Google". ${elsewhere}`,
    });
  },
);

test("a metadata server that cannot be reached is an outage, and the error says what it may be", async () => {
  const { standIn } = await startMachine();
  await standIn.close();
  const failure = await failureWithout([], gcpMetadata({ audience }));
  expect(failure.code).toBe("UNREACHABLE");
  expect(failure.message).toMatch(
    /^Google's metadata server cannot be reached: connect ECONNREFUSED 127\.0\.0\.1:\d+\. /,
  );
  expect(failure.message).toContain(elsewhere);
});

test("METADATA_SERVER_DETECTION=none makes the source not apply", async () => {
  setVariables({ METADATA_SERVER_DETECTION: "none" });
  const failure = await failureWithout([], gcpMetadata({ audience }), contextOf({ transport: silent }));
  expect(failure).toMatchObject({
    code: "TOKEN_UNAVAILABLE",
    message: "METADATA_SERVER_DETECTION=none says that there is no metadata server of Google Cloud.",
  });
});

const path =
  "/computeMetadata/v1/instance/service-accounts/default/identity?audience=https%3A%2F%2Finfisical.test&format=full";

test.each([
  [{}, "http://169.254.169.254"],
  [{ GCE_METADATA_HOST: "metadata.google.internal" }, "http://metadata.google.internal"],
  [{ GCE_METADATA_HOST: "https://metadata.test/" }, "https://metadata.test"],
  [{ GCE_METADATA_IP: "10.0.0.1:8080", GCE_METADATA_HOST: "metadata.test" }, "http://10.0.0.1:8080"],
])("with %j, the metadata server is at %s", async (variables, origin) => {
  setVariables(variables);
  const urls: string[] = [];
  const transport = async ({ url }: TransportRequest) => {
    urls.push(url);
    return { status: 400, headers: { "metadata-flavor": "Google" }, body: "" };
  };
  await failureWithout([], gcpMetadata({ audience }), contextOf({ transport }));
  expect(urls).toEqual([origin + path]);
});

test("an address that is not one is refused", async () => {
  setVariables({ GCE_METADATA_HOST: "ftp://metadata" });
  const failure = await failureWithout([], gcpMetadata({ audience }), contextOf({ transport: silent }));
  expect(failure.message).toMatch(/^The variable GCE_METADATA_HOST must be a URL/);
});

test.each<[unknown, string]>([
  [undefined, "options must be an object with audience"],
  [{}, "audience must be a non-empty string"],
  [{ audience: 7 }, "audience must be a non-empty string, got 7"],
])("%j is refused when the source is created", (options, rule) => {
  expect(() => gcpMetadata(options as never)).toThrow(rule);
});

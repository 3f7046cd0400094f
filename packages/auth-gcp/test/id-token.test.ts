import { isUnavailable } from "@infisical/core";
import { describe, expect, test, vi } from "vitest";
import { loginContext } from "#test-kit";
import { gcpIdTokenAuth } from "../src/index.ts";
import {
  failureWithout,
  identityId,
  idToken,
  outsideGoogle,
  refusal,
  startInfisical,
  startMetadata,
} from "./google.ts";

outsideGoogle();

const elsewhere =
  "Outside Google Cloud there is no metadata server. User credentials of gcloud have no such ID token: impersonate a service " +
  "account and pass its ID token as `token`.";

const secrets = ["aHVudGVyMi1zaWduYXR1cmU"];

describe("the ID token", () => {
  test("is requested for the identity, in full, with Google's header, at every login", async () => {
    const token = idToken();
    const requests = await startMetadata(() => ({ body: `${token}\n` }));
    const { bodies, logIn } = await startInfisical(gcpIdTokenAuth({ identityId: "a b&c" }));
    await logIn();
    await logIn();
    const path =
      "/computeMetadata/v1/instance/service-accounts/default/identity?audience=a%20b%26c&format=full";
    expect(requests).toEqual([
      { path, flavor: "Google" },
      { path, flavor: "Google" },
    ]);
    expect(bodies).toEqual([
      { identityId: "a b&c", jwt: token },
      { identityId: "a b&c", jwt: token },
    ]);
  });

  test("is requested again while GKE's metadata server starts: no connection, 404, 503", async () => {
    for (const status of [404, 503]) {
      const requests = await startMetadata((_, count) => (count < 3 ? { status } : { body: idToken() }));
      const { bodies, waits, logIn } = await startInfisical(gcpIdTokenAuth({ identityId }));
      await logIn();
      expect([requests.length, bodies.length, waits]).toEqual([3, 1, [500, 1000]]);
    }
    vi.stubEnv("GCE_METADATA_HOST", "127.0.0.1:1");
    const { bodies, waits, logIn } = await startInfisical(gcpIdTokenAuth({ identityId }));
    const error = await failureWithout([], logIn());
    expect(error).toMatchObject({
      code: "UNREACHABLE",
      message: `Google's metadata server cannot be reached: connect ECONNREFUSED 127.0.0.1:1. ${elsewhere}`,
    });
    expect([bodies, waits]).toEqual([[], [500, 1000]]);
  });

  test("is waited for 2.75 seconds per attempt, of which there are three", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const auth = gcpIdTokenAuth({ identityId });
    const never = () => new Promise<never>(() => undefined);
    const clock = { now: () => 0, sleep: async () => undefined };
    const failure = failureWithout(
      [],
      auth.login(loginContext({ http: { request: never }, transport: never, clock })),
    );
    await vi.advanceTimersByTimeAsync(8250);
    vi.useRealTimers();
    expect(await failure).toMatchObject({
      code: "TIMEOUT",
      message: `Google's metadata server took longer than 2750 ms. ${elsewhere}`,
    });
  });

  test.each([200, 302])(
    "is not accepted from a response without Google's header (status %i)",
    async (status) => {
      await startMetadata(() => ({ status, body: idToken(), flavor: null }));
      const { bodies, logIn } = await startInfisical(gcpIdTokenAuth({ identityId }));
      const error = await failureWithout(secrets, logIn());
      expect(error.message).toBe(
        `The response with status ${status} lacks the header Metadata-Flavor: Google. ${elsewhere}`,
      );
      expect([isUnavailable(error), bodies]).toEqual([true, []]);
    },
  );

  test("is refused by a machine without a service account", async () => {
    await startMetadata(() => ({ status: 404, body: "Not Found" }));
    const { logIn } = await startInfisical(gcpIdTokenAuth({ identityId }));
    expect(await failureWithout([], logIn())).toMatchObject({
      code: "AUTH_FAILED",
      message:
        "Google's metadata server refused with status 404: Not Found. Attach a service account to the machine, service or pod.",
    });
  });

  test("comes from GCE_METADATA_IP, then GCE_METADATA_HOST with or without scheme, then 169.254.169.254", async () => {
    const urls: string[] = [];
    const logIn = async () => {
      const transport = async ({ url }: { url: string }) => {
        urls.push(new URL(url).origin);
        return { status: 200, headers: { "metadata-flavor": "Google" }, body: idToken() };
      };
      const request = async () => ({ accessToken: "t" }) as never;
      await gcpIdTokenAuth({ identityId }).login(loginContext({ http: { request }, transport }));
    };
    await logIn();
    vi.stubEnv("GCE_METADATA_HOST", "https://metadata.test/");
    await logIn();
    vi.stubEnv("GCE_METADATA_HOST", " metadata.google.internal ");
    await logIn();
    vi.stubEnv("GCE_METADATA_IP", "10.0.0.1:8080");
    await logIn();
    expect(urls).toEqual([
      "http://169.254.169.254",
      "https://metadata.test",
      "http://metadata.google.internal",
      "http://10.0.0.1:8080",
    ]);
    vi.stubEnv("GCE_METADATA_IP", "ftp://user:hunter2@metadata");
    const error = await failureWithout(["hunter2"], logIn());
    expect(error.message).toBe("GCE_METADATA_IP must be a URL that begins with http: or https:.");
  });

  test("is not requested where METADATA_SERVER_DETECTION is none", async () => {
    vi.stubEnv("METADATA_SERVER_DETECTION", "none");
    const { logIn } = await startInfisical(gcpIdTokenAuth({ identityId }));
    const error = await failureWithout([], logIn());
    expect([isUnavailable(error), error.message.split(".")[0]]).toEqual([
      true,
      "METADATA_SERVER_DETECTION is none",
    ]);
  });

  test("can come from a function, at every login", async () => {
    let count = 0;
    const { bodies, logIn } = await startInfisical(
      gcpIdTokenAuth({ identityId, token: async () => ` token-${++count}\n` }),
    );
    await logIn();
    await logIn();
    expect(bodies.map(({ jwt }) => jwt)).toEqual(["token-1", "token-2"]);
  });

  test("is not sent without the account's e-mail address, which Infisical refuses without a reason", async () => {
    const token = () => idToken({ email: undefined });
    const { bodies, logIn } = await startInfisical(gcpIdTokenAuth({ identityId, token }));
    expect(await failureWithout(secrets, logIn())).toMatchObject({
      code: "AUTH_FAILED",
      message: "The ID token has no `email`: request it with format=full or includeEmail.",
    });
    expect(bodies).toEqual([]);
  });
});

const described = ` The token: issuer https://accounts.google.com, audience ${identityId}, key k1.`;

describe("a refused login", () => {
  test.each([
    [
      404,
      "NotFound",
      "GCP auth method not found for identity, did you configure GCP auth?",
      "Check the identity's id, and that GCP Auth is among its auth methods.",
    ],
    [
      401,
      "UnauthorizedError",
      "Identity not found",
      "The identity was deleted, and only its auth method is left.",
    ],
    [
      404,
      "NotFound",
      "Sub organization with slug x not found",
      "The proof was accepted: check organizationSlug.",
    ],
    [
      401,
      "UnauthorizedError",
      "Identity not authorized to access sub organization x",
      "The proof was accepted: check organizationSlug.",
    ],
    [
      401,
      "UnauthorizedError",
      "Access denied: GCP service account not allowed.",
      "The GCP Auth must allow the account's e-mail address.",
    ],
    [
      401,
      "UnauthorizedError",
      "Access denied: GCP project not allowed.",
      "The GCP Auth must allow the machine's project.",
    ],
    [
      401,
      "UnauthorizedError",
      "Access denied: GCP zone not allowed.",
      "The GCP Auth must allow the machine's zone.",
    ],
    [
      401,
      "UnauthorizedError",
      "Invalid service account identifier",
      "A GCP Auth of type IAM needs gcpIamAuth.",
    ],
    [
      500,
      "InternalServerError",
      "Something went wrong",
      "Infisical also answers this to a token that it refuses: check its audience (the identity's id) and the type of the GCP Auth.",
    ],
  ])("with %i %s, %s is explained, and sent once", async (status, label, message, advice) => {
    await startMetadata(() => ({ body: idToken() }));
    const { bodies, logIn } = await startInfisical(gcpIdTokenAuth({ identityId }), () =>
      refusal(status, label, message),
    );
    const error = await failureWithout(secrets, logIn());
    expect(error.code).toBe("AUTH_FAILED");
    expect(error.text.endsWith(`${message.replace(/\.?$/, ".")} ${advice}${described}`)).toBe(true);
    expect(bodies).toHaveLength(1);
  });

  test("with 500 is remembered for 10 seconds, like any refusal", async () => {
    await startMetadata(() => ({ body: idToken() }));
    let now = Date.now();
    const auth = gcpIdTokenAuth({ identityId });
    const answer = () => refusal(500, "InternalServerError", "Something went wrong");
    const { bodies, client } = await startInfisical(auth, answer, { time: () => now });
    const call = () => failureWithout(secrets, client.request({ method: "GET", path: "/api/v1/any" }));
    for (const seconds of [0, 9, 2]) {
      now += seconds * 1000;
      expect((await call()).code).toBe("AUTH_FAILED");
    }
    expect(bodies).toHaveLength(2);
  });

  test.each([502, 503, 504])("with %i is an outage", async (status) => {
    await startMetadata(() => ({ body: idToken() }));
    const answer = () => refusal(status, "InternalServerError", "Something went wrong");
    const { logIn } = await startInfisical(gcpIdTokenAuth({ identityId }), answer);
    const error = await failureWithout(secrets, logIn());
    expect(error.code).not.toBe("AUTH_FAILED");
    expect(error.message).not.toContain("Infisical also answers");
  });

  test("does not show the token, nor its signature, where the server repeats what it received", async () => {
    const token = idToken();
    await startMetadata(() => ({ body: token }));
    for (const repeated of [token, token.split(".").join(" . "), token.split(".")[2]]) {
      const { logIn } = await startInfisical(gcpIdTokenAuth({ identityId }), (body) =>
        refusal(401, "UnauthorizedError", `refused ${body}, ${repeated}`),
      );
      await failureWithout([...secrets, token], logIn());
    }
  });
});

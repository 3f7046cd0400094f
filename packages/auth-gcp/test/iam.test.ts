import { isUnavailable } from "@infisical/core";
import { jwtVerify } from "jose";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { printed, startAnswering } from "#test-kit";
import { gcpIamAuth } from "../src/index.ts";
import {
  accepted,
  createKey,
  email,
  failureWithout,
  identityId,
  keyFile,
  outsideGoogle,
  refusal,
  startInfisical,
  startMetadata,
  unsignedJwt,
} from "./google.ts";

outsideGoogle();

const { key, publicKey } = createKey();
const secrets = key.private_key.split("\n").slice(1, -2);

describe("the JWT", () => {
  test("is signed with the key, names account, identity and key, and ends after 5 minutes by the client's clock", async () => {
    const time = Date.parse("2027-01-01T00:00:00.900Z");
    const auth = gcpIamAuth({ identityId: ` ${identityId}`, credentials: key });
    const { bodies, logIn } = await startInfisical(auth, undefined, { time: () => time });
    await logIn();
    const options = {
      algorithms: ["RS256"],
      currentDate: new Date(time),
      audience: identityId,
      subject: email,
    };
    const verified = await jwtVerify(bodies[0]?.["jwt"] ?? "", publicKey, options);
    const iat = Date.parse("2027-01-01T00:00:00Z") / 1000;
    expect(verified.payload).toEqual({ sub: email, aud: identityId, iat, exp: iat + 300 });
    expect(verified.protectedHeader).toEqual({ alg: "RS256", kid: "key-1", typ: "JWT" });
  });

  test("can be signed with a key whose line breaks are escaped", async () => {
    const credentials = { ...key, private_key: key.private_key.replaceAll("\n", "\\n") };
    const { bodies, logIn } = await startInfisical(gcpIamAuth({ identityId, credentials }));
    await logIn();
    await jwtVerify(bodies[0]?.["jwt"] ?? "", publicKey);
  });

  test("cannot be signed with a damaged key", async () => {
    const private_key = key.private_key.replace(/\n.{20}/, "\n");
    const { bodies, logIn } = await startInfisical(
      gcpIamAuth({ identityId, credentials: { ...key, private_key } }),
    );
    expect(await failureWithout(secrets, logIn())).toMatchObject({
      code: "AUTH_FAILED",
      message: `The private key key-1 of ${email} is damaged, or not of RSA.`,
    });
    expect(bodies).toEqual([]);
  });
});

describe("the key", () => {
  test("is that of the option's file, then of INFISICAL_GCP_IAM_SERVICE_ACCOUNT_KEY_FILE_PATH, then of GOOGLE_APPLICATION_CREDENTIALS", async () => {
    const files = ["a", "b", "c"].map((id) => keyFile({ ...key, private_key_id: id }).path);
    vi.stubEnv("GOOGLE_APPLICATION_CREDENTIALS", files[2]);
    const used: unknown[] = [];
    const logIn = async (serviceAccountKeyFile?: string) => {
      const { bodies, logIn } = await startInfisical(gcpIamAuth({ identityId, serviceAccountKeyFile }));
      await logIn();
      const [header = ""] = bodies[0]?.["jwt"]?.split(".") ?? [];
      used.push(JSON.parse(Buffer.from(header, "base64url").toString()).kid);
    };
    await logIn();
    vi.stubEnv("INFISICAL_GCP_IAM_SERVICE_ACCOUNT_KEY_FILE_PATH", files[1]);
    await logIn();
    await logIn(files[0]);
    expect(used).toEqual(["c", "b", "a"]);
  });

  test("is read at every login: a replaced file, and what a function returns", async () => {
    const next = createKey({ private_key_id: "key-2" });
    const file = keyFile(key);
    const current = { key };
    for (const auth of [
      gcpIamAuth({ identityId, serviceAccountKeyFile: file.path }),
      gcpIamAuth({ identityId, credentials: async () => current.key }),
    ]) {
      file.replace(key);
      current.key = key;
      const { bodies, logIn } = await startInfisical(auth);
      await logIn();
      file.replace(next.key);
      current.key = next.key;
      await logIn();
      await jwtVerify(bodies[0]?.["jwt"] ?? "", publicKey);
      await jwtVerify(bodies[1]?.["jwt"] ?? "", next.publicKey);
    }
  });

  const path = "/nowhere/key.json";
  test.each<[string, unknown, string]>([
    ["is not JSON", `{ "private_key": "${key.private_key}`, "the text is not valid JSON."],
    ["has no key", { ...key, private_key: undefined }, "private_key must be a non-empty string."],
    ["has no key id", { ...key, private_key_id: " " }, "private_key_id must be a non-empty string."],
    [
      "has a PKCS#1 key",
      { ...key, private_key: key.private_key.replaceAll("PRIVATE", "RSA PRIVATE") },
      'private_key must begin with "-----BEGIN PRIVATE KEY-----" (PKCS#8, unencrypted).',
    ],
    [
      "has user credentials of gcloud",
      { type: "authorized_user", refresh_token: "hunter2" },
      'type must be "service_account": user credentials of gcloud cannot sign.',
    ],
    [
      "has workload identity federation",
      { type: "external_account" },
      'type must be "service_account": others have no key.',
    ],
  ])("in a file that %s is refused, naming the file", async (_, content, problem) => {
    const { path } = keyFile(content);
    vi.stubEnv("GOOGLE_APPLICATION_CREDENTIALS", path);
    const { bodies, logIn } = await startInfisical(gcpIamAuth({ identityId }));
    expect(await failureWithout([...secrets, "hunter2"], logIn())).toMatchObject({
      code: "AUTH_FAILED",
      message: `The key file (from GOOGLE_APPLICATION_CREDENTIALS) ${path}: ${problem}`,
    });
    expect(bodies).toEqual([]);
  });

  test.each([
    ["Compute Engine's default account", "123456-compute@developer.gserviceaccount.com"],
    ["App Engine's default account", "acme@appspot.gserviceaccount.com"],
    ["an account of a domain-scoped project", "app@acme.example.com.iam.gserviceaccount.com"],
  ])("of %s is refused before it is sent, with the reason", async (_, client_email) => {
    const { path } = keyFile({ ...key, client_email });
    const { bodies, logIn } = await startInfisical(gcpIamAuth({ identityId, serviceAccountKeyFile: path }));
    expect(await failureWithout(secrets, logIn())).toMatchObject({
      code: "AUTH_FAILED",
      message:
        `The key file ${path}: client_email must look like name@project.iam.gserviceaccount.com, got ${client_email}: ` +
        "Infisical refuses default accounts and those of domain-scoped projects; use another, or gcpIdTokenAuth.",
    });
    expect(bodies).toEqual([]);
  });

  test("that is missing is unavailable: no file, no variable", async () => {
    const first = await startInfisical(gcpIamAuth({ identityId, serviceAccountKeyFile: path }));
    const missing = await failureWithout([], first.logIn());
    expect(missing.message).toBe(`The key file ${path} cannot be read (ENOENT).`);
    const second = await startInfisical(gcpIamAuth({ identityId }));
    const unset = await failureWithout([], second.logIn());
    expect(unset.message).toBe(
      "The key is missing: pass serviceAccountKeyFile, credentials or signJwt, or set " +
        "INFISICAL_GCP_IAM_SERVICE_ACCOUNT_KEY_FILE_PATH or GOOGLE_APPLICATION_CREDENTIALS.",
    );
    expect([missing, unset].map(isUnavailable)).toEqual([true, true]);
  });

  test("whose file is a folder, or empty, is an error of its own", async () => {
    const { path, folder } = keyFile("");
    for (const [file, problem] of [
      [folder, "cannot be read (EISDIR)"],
      [path, "is empty"],
    ]) {
      const { logIn } = await startInfisical(gcpIamAuth({ identityId, serviceAccountKeyFile: file }));
      expect(await failureWithout([], logIn())).toMatchObject({
        code: "AUTH_FAILED",
        message: `The key file ${file} ${problem}.`,
      });
    }
  });

  test("from a function that fails is not in the error", async () => {
    const credentials = () => Promise.reject(new Error(key.private_key));
    const { logIn } = await startInfisical(gcpIamAuth({ identityId, credentials }));
    const error = await failureWithout(secrets, logIn());
    expect(error.message).toBe("The function passed as `credentials` failed.");
  });
});

describe("signJwt", () => {
  const accessToken = "ya29.hunter2-google-token";
  const now = Math.floor(Date.now() / 1000);
  const signed = unsignedJwt({ sub: email, aud: identityId, iat: now, exp: now + 300 });

  const machine = (machineEmail = email, date = new Date().toUTCString()) =>
    startMetadata((path) => ({
      date,
      body: path.endsWith("/email")
        ? machineEmail
        : JSON.stringify({ access_token: accessToken, expires_in: 3600 }),
    }));

  test("has Google sign with the machine's access token, and always states an end", async () => {
    // Google also judges these times: this machine's clock is 10 minutes behind.
    const googleNow = now + 600;
    const metadata = await machine(email, new Date(googleNow * 1000).toUTCString());
    const bodies: string[] = [];
    const google = await startAnswering(({ body }) => {
      bodies.push(body);
      return { body: { keyId: "google-key", signedJwt: signed } };
    });
    const auth = gcpIamAuth({ identityId, signJwt: true });
    const infisical = await startInfisical(auth, undefined, {
      google: google.siteUrl,
      time: () => now * 1000,
    });
    await infisical.logIn();
    expect(
      metadata.map(({ path }) => path.replace("/computeMetadata/v1/instance/service-accounts/default/", "")),
    ).toEqual(["email", "token"]);
    expect(google.requests).toEqual([`POST /v1/projects/-/serviceAccounts/${email}:signJwt`]);
    expect(JSON.parse(JSON.parse(bodies[0] ?? "").payload)).toEqual({
      sub: email,
      aud: identityId,
      iat: googleNow,
      exp: googleNow + 300,
    });
    expect(infisical.bodies).toEqual([{ identityId, jwt: signed }]);
  });

  test("can sign for another account than the machine's", async () => {
    await machine("123456-compute@developer.gserviceaccount.com");
    const google = await startAnswering(() => ({ body: { signedJwt: signed } }));
    const auth = gcpIamAuth({ identityId, signJwt: "other@acme.iam.gserviceaccount.com" });
    await (await startInfisical(auth, undefined, { google: google.siteUrl })).logIn();
    expect(google.requests).toEqual([
      "POST /v1/projects/-/serviceAccounts/other@acme.iam.gserviceaccount.com:signJwt",
    ]);
  });

  test("is refused on a machine with a default account, before anything is signed", async () => {
    const metadata = await machine("123456-compute@developer.gserviceaccount.com");
    const { bodies, logIn } = await startInfisical(gcpIamAuth({ identityId, signJwt: true }));
    const error = await failureWithout([accessToken], logIn());
    expect(error.message).toContain(
      "The machine's service account must look like name@project.iam.gserviceaccount.com, got 123456-compute@developer",
    );
    expect([metadata.length, bodies]).toEqual([1, []]);
  });

  test("that Google refuses says which role is missing, without the access token", async () => {
    await machine();
    const google = await startAnswering(() => ({
      status: 403,
      body: {
        error: {
          code: 403,
          message: `Permission 'iam.serviceAccounts.signJwt' denied for ${accessToken}`,
          status: "PERMISSION_DENIED",
        },
      },
    }));
    const { bodies, logIn } = await startInfisical(gcpIamAuth({ identityId, signJwt: true }), undefined, {
      google: google.siteUrl,
    });
    expect(await failureWithout([accessToken], logIn())).toMatchObject({
      code: "AUTH_FAILED",
      message:
        "Google's IAM Credentials API refused with status 403: Permission 'iam.serviceAccounts.signJwt' denied for [redacted]. " +
        `Enable the API, and grant the machine's account roles/iam.serviceAccountTokenCreator on ${email}.`,
    });
    expect([google.requests.length, bodies]).toEqual([1, []]);
  });

  test("is asked for once more if Google fails", async () => {
    await machine();
    const google = await startAnswering((_, count) =>
      count === 1 ? { status: 503 } : { body: { signedJwt: signed } },
    );
    const { waits, logIn } = await startInfisical(gcpIamAuth({ identityId, signJwt: true }), undefined, {
      google: google.siteUrl,
    });
    await logIn();
    expect([google.requests.length, waits]).toEqual([2, [500]]);
  });

  test("outside Google Cloud names the alternatives", async () => {
    vi.stubEnv("GCE_METADATA_HOST", "127.0.0.1:1");
    const { logIn } = await startInfisical(gcpIamAuth({ identityId, signJwt: true }));
    const error = await failureWithout([], logIn());
    expect(error.message).toMatch(
      /there is no metadata server\. Pass serviceAccountKeyFile or credentials there instead of signJwt\.$/,
    );
  });
});

describe("a refused login", () => {
  const described = ` The token: subject ${email}, audience ${identityId}, key key-1.`;
  const refusedSignature = "Infisical refused the signature: check the key and the clocks.";

  test.each([
    [403, "TokenError", "invalid signature", refusedSignature],
    [403, "TokenError", "Your token has expired. Please re-authenticate.", refusedSignature],
    [
      401,
      "UnauthorizedError",
      "Invalid audience in GCP IAM Token",
      "The token's audience must be the identity's id.",
    ],
    [
      401,
      "UnauthorizedError",
      "Access denied: GCP service account not allowed.",
      "The GCP Auth must allow the account's e-mail address.",
    ],
    [
      500,
      "InternalServerError",
      "Something went wrong",
      "Infisical also answers this to a token that it refuses: check its audience (the identity's id) and the type of the GCP Auth.",
    ],
  ])("with %i %s, %s is explained, and sent once", async (status, label, message, advice) => {
    const auth = gcpIamAuth({ identityId, credentials: key });
    let jwt = "";
    const { bodies, logIn } = await startInfisical(auth, (body) => {
      jwt = JSON.parse(body).jwt;
      return refusal(status, label, message);
    });
    const error = await failureWithout([...secrets, "hunter2"], logIn());
    expect(error.code).toBe("AUTH_FAILED");
    expect(error.text.endsWith(`${message.replace(/\.?$/, ".")} ${advice}${described}`)).toBe(true);
    expect(bodies).toHaveLength(1);
    expect(error.message).not.toContain(jwt.split(".")[2]);
  });

  test("for a clock that is wrong is repeated once, by the server's time", async () => {
    const hour = 3_600_000;
    const auth = gcpIamAuth({ identityId, credentials: key });
    const answer = (body: string) => {
      const { exp } = JSON.parse(Buffer.from(JSON.parse(body).jwt.split(".")[1], "base64url").toString());
      return exp * 1000 > Date.now()
        ? accepted
        : refusal(403, "TokenError", "Your token has expired. Please re-authenticate.");
    };
    const { bodies, logIn } = await startInfisical(auth, answer, { time: () => Date.now() - hour });
    await logIn();
    expect(bodies).toHaveLength(2);
  });
});

describe("a key in the place of something else is not shown", () => {
  const inPlaces: readonly [string, () => object][] = [
    ["serviceAccountKeyFile, as JSON", () => ({ serviceAccountKeyFile: JSON.stringify(key) })],
    ["serviceAccountKeyFile, as PEM", () => ({ serviceAccountKeyFile: key.private_key })],
    ["serviceAccountKeyFile, in base64", () => ({ serviceAccountKeyFile: btoa(JSON.stringify(key)) })],
    ["signJwt", () => ({ signJwt: key.private_key })],
    ["credentials.client_email", () => ({ credentials: { ...key, client_email: key.private_key } })],
    ["credentials, as JSON", () => ({ credentials: JSON.stringify(key) })],
  ];
  test.each(inPlaces)("%s", (_, options) => {
    let error: unknown;
    try {
      gcpIamAuth({ identityId, ...options() });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: "INVALID_OPTION" });
    const body = key.private_key.replace(/-----[^-]+-----|\s/g, "");
    for (const start of [100, 400]) expect(printed(error)).not.toContain(body.slice(start, start + 12));
    expect(printed(error)).not.toContain(body.slice(8, 20));
  });

  test.each([
    () => JSON.stringify(key),
    () => key.private_key,
    () => btoa(JSON.stringify(key)),
    () => btoa(key.private_key),
  ])("a variable for the path, %#", async (text) => {
    vi.stubEnv("GOOGLE_APPLICATION_CREDENTIALS", text());
    const { logIn, bodies } = await startInfisical(gcpIamAuth({ identityId }));
    const error = await failureWithout([text().slice(0, 20), key.private_key.slice(60, 80)], logIn());
    expect(error.message).toBe(
      "GOOGLE_APPLICATION_CREDENTIALS must be the path of a file, not what a file contains, such as a key or a token (it is not shown).",
    );
    expect(bodies).toEqual([]);
  });

  test("the id of a damaged key", async () => {
    const credentials = {
      ...key,
      private_key: "-----BEGIN PRIVATE KEY-----AA",
      private_key_id: key.private_key,
    };
    const { logIn } = await startInfisical(gcpIamAuth({ identityId, credentials }));
    const error = await failureWithout([key.private_key.slice(60, 80)], logIn());
    expect(error.message).toBe(`The private key of ${key.client_email} is damaged, or not of RSA.`);
  });

  test("a getter of what `credentials` returned", async () => {
    const credentials = () =>
      ({
        get type() {
          throw new Error(key.private_key);
        },
      }) as never;
    const { logIn } = await startInfisical(gcpIamAuth({ identityId, credentials }));
    const error = await failureWithout([key.private_key.slice(60, 80)], logIn());
    expect(error.message).toBe("The function passed as `credentials` failed.");
  });
});

test.each([[null], ["text"], [5], [[]]])("credentials must be an object, not %j", (credentials) => {
  expect(() => gcpIamAuth({ identityId, credentials: credentials as never })).toThrow(
    "credentials must be an object, the parsed content of a key file.",
  );
});

test("without WebCrypto, the error says so", async () => {
  vi.stubGlobal("crypto", {});
  onTestFinished(() => void vi.unstubAllGlobals());
  const { logIn } = await startInfisical(gcpIamAuth({ identityId, credentials: key }));
  expect((await failureWithout([], logIn())).message).toBe("This platform has no WebCrypto to sign with.");
});

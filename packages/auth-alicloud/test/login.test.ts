import { createHmac } from "node:crypto";
import { isUnavailable } from "@infisical/core";
import { describe, expect, test, vi } from "vitest";
import { failureOf, printed } from "#test-kit";
import { type AlicloudAccessKey, alicloudAuth } from "../src/index.ts";
import { signatureOf } from "../src/sign-request.ts";
import {
  accessKeyId,
  accessKeySecret,
  failureWithoutSecret,
  identityId,
  outsideAlibaba,
  refusal,
  sentBy,
  startInfisical,
} from "./alibaba.ts";

outsideAlibaba();

const pair = { accessKeyId, accessKeySecret };
const [idVariable, secretVariable, tokenVariable] = [
  "ACCESS_KEY_ID",
  "ACCESS_KEY_SECRET",
  "SECURITY_TOKEN",
].map((name) => `ALIBABA_CLOUD_${name}`) as [string, string, string];

/** The signature by another implementation: Node's HMAC, and the encoding of URLSearchParams, corrected. */
function expectedSignature({ Signature: _, ...body }: Record<string, string>, secret: string): string {
  const { identityId: __, organizationSlug: ___, ...parameters } = body;
  const sorted = new URLSearchParams(parameters);
  sorted.sort();
  const corrected = (text: string) =>
    text.replaceAll("+", "%20").replaceAll("*", "%2A").replaceAll("%7E", "~");
  const query = corrected(sorted.toString());
  const text = `GET&%2F&${corrected(new URLSearchParams({ q: query }).toString().slice(2))}`;
  return createHmac("sha1", `${secret}&`).update(text).digest("base64");
}

describe("the signature", () => {
  test("is that of the example in Alibaba Cloud's documentation", async () => {
    const parameters = {
      Timestamp: "2016-02-23T12:46:24Z",
      Format: "XML",
      AccessKeyId: "testid",
      Action: "DescribeRegions",
      SignatureMethod: "HMAC-SHA1",
      SignatureNonce: "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf",
      Version: "2014-05-26",
      SignatureVersion: "1.0",
    };
    expect(await signatureOf(parameters, "testsecret")).toBe("OLeaidS1JvxuMvnyHOwuJ+uX5qY=");
    expect(expectedSignature(parameters, "testsecret")).toBe("OLeaidS1JvxuMvnyHOwuJ+uX5qY=");
  });

  test.each(["!'()*", "a b+c", "~-_.", "%7E", "/?&=:@", "ä€😀", ""])(
    "of a value %j is encoded as RFC 3986 says",
    async (value) => {
      const parameters = { Name: value, "odd*name": "x", Action: "A" };
      expect(await signatureOf(parameters, "s!e*c&ret")).toBe(expectedSignature(parameters, "s!e*c&ret"));
    },
  );

  test("is over exactly what is sent, at the time of the client's clock in whole seconds", async () => {
    const body = await sentBy(alicloudAuth({ identityId, ...pair, organizationSlug: "team-a" }));
    expect(body).toEqual({
      identityId,
      organizationSlug: "team-a",
      Action: "GetCallerIdentity",
      Format: "JSON",
      Version: "2015-04-01",
      AccessKeyId: accessKeyId,
      SignatureMethod: "HMAC-SHA1",
      SignatureVersion: "1.0",
      SignatureNonce: expect.stringMatching(/^[\da-f-]{36}$/),
      Timestamp: "2026-11-27T08:00:00Z",
      Signature: expectedSignature(body, accessKeySecret),
    });
  });

  test("has a nonce of its own at each login", async () => {
    const auth = alicloudAuth({ identityId, ...pair });
    const nonces = [await sentBy(auth), await sentBy(auth)].map((body) => body["SignatureNonce"]);
    expect(new Set(nonces).size).toBe(2);
  });
});

describe("the variables", () => {
  test("contain the pair, which is read at every login", async () => {
    vi.stubEnv(idVariable, ` ${accessKeyId}\n`);
    vi.stubEnv(secretVariable, `${accessKeySecret}\n`);
    const auth = alicloudAuth({ identityId });
    const first = await sentBy(auth);
    expect(first["Signature"]).toBe(expectedSignature(first, accessKeySecret));
    vi.stubEnv(idVariable, "LTAInext");
    vi.stubEnv(secretVariable, "next");
    const second = await sentBy(auth);
    expect(second["AccessKeyId"]).toBe("LTAInext");
    expect(second["Signature"]).toBe(expectedSignature(second, "next"));
  });

  test("do not count, nor does a security token, if the options contain the pair", async () => {
    vi.stubEnv(idVariable, "STS.other");
    vi.stubEnv(tokenVariable, "token");
    expect((await sentBy(alicloudAuth({ identityId, ...pair })))["AccessKeyId"]).toBe(accessKeyId);
  });

  const temporary =
    "Infisical accepts no temporary keys of STS. Pass the AccessKey pair of a RAM user as accessKeyId and accessKeySecret";

  test.each<[string, Record<string, string>, string]>([
    ["half a pair", { [idVariable]: accessKeyId }, `${idVariable} is set, but ${secretVariable} is not.`],
    [
      "the other half",
      { [secretVariable]: accessKeySecret },
      `${secretVariable} is set, but ${idVariable} is not.`,
    ],
    [
      "a temporary key",
      { [idVariable]: "STS.NTabc", [secretVariable]: accessKeySecret },
      `${idVariable} must not begin with "STS.": ${temporary}.`,
    ],
    [
      "a security token",
      { [idVariable]: accessKeyId, [secretVariable]: accessKeySecret, [tokenVariable]: "hunter2-token" },
      `${tokenVariable} is set, so the AccessKey is a temporary one. ${temporary}, or unset it.`,
    ],
    [
      "an id that servers refuse",
      { [idVariable]: "LTAI_5t", [secretVariable]: accessKeySecret },
      `${idVariable} must consist of letters and digits.`,
    ],
  ])("with %s are refused before anything is sent, with the reason", async (_, variables, message) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    const { bodies, logIn } = await startInfisical(alicloudAuth({ identityId }));
    expect(await failureWithoutSecret(logIn())).toMatchObject({ code: "AUTH_FAILED", message });
    expect(bodies).toEqual([]);
  });

  test("that are not set are unavailable, and named", async () => {
    const { logIn } = await startInfisical(alicloudAuth({ identityId }));
    const error = await failureWithoutSecret(logIn());
    expect(error.message).toBe(
      `The AccessKey pair is missing: pass accessKeyId and accessKeySecret, or credentials, or set ${idVariable} and ${secretVariable}.`,
    );
    expect(isUnavailable(error)).toBe(true);
  });
});

describe("a function for the pair", () => {
  test("is called at every login, for keys that are replaced", async () => {
    let count = 0;
    const credentials = async () => {
      count += 1;
      return { accessKeyId: `LTAI${count}`, accessKeySecret: `secret-${count}` };
    };
    const auth = alicloudAuth({ identityId, credentials });
    for (const number of [1, 2]) {
      const body = await sentBy(auth);
      expect(body["AccessKeyId"]).toBe(`LTAI${number}`);
      expect(body["Signature"]).toBe(expectedSignature(body, `secret-${number}`));
    }
  });

  test.each<[unknown, string]>([
    [undefined, "accessKeyId must be a non-empty string."],
    [{ accessKeySecret }, "accessKeyId must be a non-empty string."],
    [{ accessKeyId, accessKeySecret: " " }, "accessKeySecret must be a non-empty string."],
    [{ accessKeyId: 7, accessKeySecret }, "accessKeyId must be a non-empty string."],
    [{ accessKeyId: "STS.NT", accessKeySecret }, 'accessKeyId must not begin with "STS."'],
    [
      { ...pair, securityToken: "hunter2-token" },
      "securityToken must be absent: Infisical accepts no temporary keys",
    ],
  ])("that returns %j is refused before anything is sent", async (found, problem) => {
    const credentials = () => found as AlicloudAccessKey;
    const { bodies, logIn } = await startInfisical(alicloudAuth({ identityId, credentials }));
    const error = await failureWithoutSecret(logIn());
    expect(error.code).toBe("AUTH_FAILED");
    expect(error.message).toContain(`What \`credentials\` returned: ${problem}`);
    expect(bodies).toEqual([]);
  });

  test("that fails is not in the error, since its message may contain the secret", async () => {
    const credentials = () => Promise.reject(new Error(accessKeySecret));
    const { logIn } = await startInfisical(alicloudAuth({ identityId, credentials }));
    const error = await failureWithoutSecret(logIn());
    expect(error).toMatchObject({
      code: "AUTH_FAILED",
      message: "The function passed as `credentials` failed.",
    });
  });
});

test.each([400, 401, 422, 500])(
  "a %i that repeats the request, or its signature, shows neither",
  async (status) => {
    for (const part of ["all", "Signature", "encoded"]) {
      let signature = "missing";
      const { logIn } = await startInfisical(alicloudAuth({ identityId, ...pair }), (body) => {
        signature = JSON.parse(body).Signature;
        const parts: Record<string, string> = {
          all: body,
          Signature: signature,
          encoded: encodeURIComponent(signature),
        };
        return refusal(status, "UnauthorizedError", `refused: ${parts[part]}`);
      });
      const text = printed(await failureOf(logIn()));
      expect(signature).toHaveLength(28);
      expect(text).not.toContain(signature);
      expect(text).not.toContain(encodeURIComponent(signature));
    }
  },
);

test("words that every such login contains stay in later messages", async () => {
  const said = "GetCallerIdentity with HMAC-SHA1 needs Format JSON and Version 2015-04-01";
  const { client } = await startInfisical(alicloudAuth({ identityId, ...pair }), (body) =>
    body === "" ? refusal(400, "BadRequest", said) : { body: { accessToken: "an-access-token" } },
  );
  const error = await failureOf(client.request({ method: "GET", path: "/api/v1/any" }));
  expect(error.message).toContain(said);
});

import { getSigningKey } from "@smithy/signature-v4";
import { AwsV4Signer } from "aws4fetch";
import { array, assert, asyncProperty, constantFrom, date, option, record, string } from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Sha256, signCallerIdentity, stsHost } from "../src/sign-caller-identity.ts";
import { body, decoded } from "./aws-server.ts";

const visible = Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index));
const text = (characters: string[], shortest: number, longest: number) =>
  string({ unit: constantFrom(...characters), minLength: shortest, maxLength: longest });

const credentials = record({
  accessKeyId: text([..."ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcxyz_"], 1, 128),
  secretAccessKey: text(visible, 1, 80),
  sessionToken: option(text(visible, 1, 1000), { nil: undefined }),
});
const region = array(constantFrom("us", "eu", "cn", "gov", "iso", "isob", "north", "central", "1", "2"), {
  minLength: 1,
  maxLength: 4,
}).map((parts) => parts.join("-").slice(0, 20));
const signingDate = date({
  min: new Date("1970-01-01T00:00:00Z"),
  max: new Date("2099-12-31T23:59:59.999Z"),
  noInvalidDate: true,
});

test("1,000 signatures of generated credentials, regions and dates equal those of an independent signer", async () => {
  const property = asyncProperty(
    credentials,
    region,
    signingDate,
    async (credentials, region, signingDate) => {
      const {
        Authorization,
        "X-Amz-Date": datetime = "",
        Host,
        ...headers
      } = decoded(await signCallerIdentity(credentials, region, signingDate));
      const { sessionToken, ...keys } = credentials;
      const signer = new AwsV4Signer({
        method: "POST",
        url: `https://${stsHost(region)}/`,
        headers,
        body,
        ...keys,
        ...(sessionToken !== undefined && { sessionToken }),
        service: "sts",
        region,
        datetime: signingDate.toISOString().replace(/[-:]|\.\d{3}/g, ""),
        allHeaders: true,
      });
      expect(datetime).toBe(signer.datetime);
      expect(Host).toBe(signer.url.host);
      expect(Authorization).toBe(await signer.authHeader());
    },
  );
  await assert(property, { numRuns: 1000 });
});

/** The available hashes: Node's own, or WebCrypto if there are none. */
const platforms = [
  ["Node", () => undefined],
  ["another platform", () => vi.spyOn(process, "getBuiltinModule").mockReturnValue(undefined)],
] as const;

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(platforms)("on %s", (_, pretend) => {
  beforeEach(() => {
    pretend();
  });

  test("the signing key of AWS's documentation is derived", async () => {
    const keys = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
    const key = await getSigningKey(Sha256, keys, "20150830", "us-east-1", "iam");
    expect(Buffer.from(key).toString("hex")).toBe(
      "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9",
    );
  });

  test.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  ])(
    "the SHA-256 of %j is that of the standard, in whatever pieces it arrives",
    async (message, expected) => {
      const whole = new Sha256();
      whole.update(message);
      const parts = new Sha256();
      for (const character of message) parts.update(new TextEncoder().encode(character).buffer);
      for (const hash of [whole, parts])
        expect(Buffer.from(await hash.digest()).toString("hex")).toBe(expected);
    },
  );
});

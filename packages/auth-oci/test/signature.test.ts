import { sign as signNatively, verify } from "node:crypto";
import { DefaultRequestSigner, Region, SimpleAuthenticationDetailsProvider } from "oci-common";
import { describe, expect, test, vi } from "vitest";
import { loginContext } from "#test-kit";
import { ociAuth } from "../src/index.ts";
import {
  createKey,
  failureWithout,
  identityId,
  linesOf,
  optionsOf,
  outsideOracle,
  passphrase,
  region,
  sentBy,
  startInfisical,
  tenancy,
  user,
} from "./oracle.ts";

outsideOracle();

const key = createKey();
const options = optionsOf(key);
const time = Date.parse("2026-11-27T08:00:00.900Z");

/** The headers that Oracle's own SDK sends at that time. */
async function signedByOracle(pem: string, phrase: string | null = null) {
  const provider = new SimpleAuthenticationDetailsProvider(
    tenancy,
    user,
    key.fingerprint,
    pem,
    phrase,
    Region.EU_FRANKFURT_1,
  );
  const headers = new Headers({ "x-date": new Date(time).toUTCString() });
  const uri = `https://identity.${region}.oraclecloud.com/20160918/users/${user}`;
  await new DefaultRequestSigner(provider).signHttpRequest({ method: "GET", uri, headers });
  // It adds a date that it does not sign.
  const { date: _, ...signed } = Object.fromEntries(headers);
  return signed;
}

describe("the signed request", () => {
  test("is the one that Oracle's SDK signs, and has no other headers", async () => {
    const { headers, ...sent } = await sentBy(ociAuth({ ...options, organizationSlug: "team-a" }), time);
    expect(sent).toEqual({ identityId, userOcid: user, organizationSlug: "team-a" });
    expect(headers).toEqual(await signedByOracle(key.pkcs8));
    expect(Object.keys(headers).sort()).toEqual(["authorization", "host", "x-date"]);
    expect(headers["x-date"]).toBe("Fri, 27 Nov 2026 08:00:00 GMT");
  });

  test.each([
    ["PKCS#1", key.pkcs1, undefined],
    ["encrypted PKCS#1", key.encryptedPkcs1, passphrase],
    ["encrypted PKCS#8", key.encryptedPkcs8, passphrase],
    ["PKCS#8 with the label that Oracle's console adds", `${key.pkcs8}OCI_API_KEY\n`, undefined],
    ["encrypted PKCS#8 with that label", `${key.encryptedPkcs8}\nOCI_API_KEY`, passphrase],
    ["PKCS#8 with escaped line breaks", key.pkcs8.replaceAll("\n", "\\n"), undefined],
    ["PKCS#1 with escaped line breaks", key.pkcs1.replaceAll("\n", "\\n"), undefined],
    ["PKCS#1 with the line breaks of Windows", key.pkcs1.replaceAll("\n", "\r\n"), undefined],
    ["PKCS#8 with a passphrase that it does not need", key.pkcs8, passphrase],
  ])("is the same with a key in %s", async (_, privateKey, phrase) => {
    const { headers } = await sentBy(ociAuth({ ...options, privateKey, passphrase: phrase }), time);
    expect(headers).toEqual(await signedByOracle(key.pkcs8));
  });

  test("needs no node:crypto if the key is unencrypted PKCS#8", async () => {
    const getBuiltinModule = vi.fn(() => undefined);
    vi.stubGlobal("process", { env: {}, getBuiltinModule });
    const { headers } = await sentBy(ociAuth(options), time).finally(() => vi.unstubAllGlobals());
    expect(headers).toEqual(await signedByOracle(key.pkcs8));
    expect(getBuiltinModule).not.toHaveBeenCalled();
  });
});

test.each([
  [
    "with the wrong passphrase",
    { privateKey: key.encryptedPkcs8, passphrase: "hunter2-mistaken" },
    "The private key cannot be decrypted with the passphrase.",
  ],
  [
    "in PKCS#1 form with the wrong passphrase",
    { privateKey: key.encryptedPkcs1, passphrase: "hunter2-mistaken" },
    "The private key cannot be decrypted with the passphrase.",
  ],
  [
    "without the passphrase",
    { privateKey: key.encryptedPkcs8 },
    "The private key is encrypted: pass its passphrase.",
  ],
  [
    "in PKCS#1 form without the passphrase",
    { privateKey: key.encryptedPkcs1 },
    "The private key is encrypted: pass its passphrase.",
  ],
  [
    "that is damaged",
    { privateKey: key.pkcs8.replace(/\n.{20}/, "\n") },
    "The private key is damaged, or not of RSA in PEM form.",
  ],
  [
    "that is a public one",
    { privateKey: key.publicPem },
    "The private key is damaged, or not of RSA in PEM form.",
  ],
])("a key %s is refused before it is sent", async (_, changes, message) => {
  const { bodies, logIn } = await startInfisical(ociAuth({ ...options, ...changes }));
  const secrets = [...linesOf(changes.privateKey), "hunter2-mistaken"];
  const error = await failureWithout(secrets, logIn());
  expect(error.code).toBe("AUTH_FAILED");
  expect(error.message.startsWith(message)).toBe(true);
  expect(bodies).toEqual([]);
});

describe("a function that signs", () => {
  const { privateKey: _, ...owner } = options;
  const inVault = (text: string) => signNatively("sha256", Buffer.from(text), key.privateKey);

  test.each<[string, (text: string) => string | Uint8Array | ArrayBuffer]>([
    ["Base64", (text) => inVault(text).toString("base64")],
    ["Base64 in lines", (text) => `${inVault(text).toString("base64").replace(/.{64}/g, "$&\n")}\n`],
    ["a Buffer", inVault],
    ["an ArrayBuffer", (text) => Uint8Array.from(inVault(text)).buffer],
  ])("gets the text to sign, and returns %s", async (_, sign) => {
    const texts: string[] = [];
    const auth = ociAuth({
      ...owner,
      sign: async (text) => {
        texts.push(text);
        return sign(text);
      },
    });
    expect((await sentBy(auth, time)).headers).toEqual(await signedByOracle(key.pkcs8));
    expect(texts).toEqual([
      "x-date: Fri, 27 Nov 2026 08:00:00 GMT\n" +
        `(request-target): get /20160918/users/${user}\n` +
        `host: identity.${region}.oraclecloud.com`,
    ]);
  });

  test("is called at every login", async () => {
    let count = 0;
    const { bodies, clock, logIn } = await startInfisical(
      ociAuth({
        ...owner,
        sign: (text) => {
          count += 1;
          return inVault(text);
        },
      }),
    );
    await logIn();
    clock.advance(60_000);
    await logIn();
    expect([count, new Set(bodies.map(({ headers }) => headers["authorization"])).size]).toEqual([2, 2]);
  });

  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["an empty string", ""],
    ["a signature in hexadecimal digits", inVault("text").toString("hex")],
    ["a signature in URL-safe Base64", `-${inVault("text").toString("base64").slice(1)}`],
    ["a cut signature", inVault("text").toString("base64").slice(0, 340)],
    ["too few bytes, such as an ECDSA signature", Buffer.alloc(71, 1)],
    ["headers", { authorization: "Signature hunter2" }],
  ])("that returns %s is refused before anything is sent", async (_, found) => {
    const auth = ociAuth({ ...owner, sign: () => found as string });
    const { bodies, logIn } = await startInfisical(auth);
    const error = await failureWithout(["hunter2"], logIn());
    expect(error).toMatchObject({
      code: "AUTH_FAILED",
      message:
        "The signature must be of RSA (2048 bits or more): that of the key, or as bytes or in Base64 what the function `sign` returns.",
    });
    expect(bodies).toEqual([]);
  });

  test.each([
    [
      "throws",
      () => {
        throw new Error(key.pkcs8);
      },
    ],
    ["rejects", () => Promise.reject(key.pkcs8)],
  ])("that %s is not in the error, since its message may contain a key", async (_, sign) => {
    const { bodies, logIn } = await startInfisical(ociAuth({ ...owner, sign }));
    const error = await failureWithout(linesOf(key.pkcs8), logIn());
    expect(error).toMatchObject({ code: "AUTH_FAILED", message: "The function passed as `sign` failed." });
    expect(bodies).toEqual([]);
  });

  test("gets the login's signal, and ends with it", async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const auth = ociAuth({
      ...owner,
      sign: (_, signal) => {
        signals.push(signal);
        return new Promise(() => undefined);
      },
    });
    const abort = new AbortController();
    const http = { request: () => Promise.reject(new Error("unexpected")) };
    const transport = () => Promise.reject(new Error("unexpected"));
    const login = auth.login(loginContext({ http, transport, signal: abort.signal }));
    const reason = new Error("not wanted any more");
    abort.abort(reason);
    await expect(login).rejects.toBe(reason);
    expect(signals).toEqual([abort.signal]);
  });
});

test("a signature verifies with the public key alone", async () => {
  const { headers } = await sentBy(ociAuth(options), time);
  const signature = /signature="([^"]+)"$/.exec(headers["authorization"] ?? "")?.[1] ?? "";
  const text = `x-date: ${headers["x-date"]}\n(request-target): get /20160918/users/${user}\nhost: ${headers["host"]}`;
  expect(verify("sha256", Buffer.from(text), key.publicKey, Buffer.from(signature, "base64"))).toBe(true);
});

import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import type { Clock, Transport } from "@infisical/core";
import { isUnavailable } from "@infisical/core";
import { describe, expect, test, vi } from "vitest";
import { createAuthority, encrypted, failureOf, loginContext, printed } from "#test-kit";
import { type TlsCertAuthOptions, tlsCertAuth } from "../src/index.ts";
import { authority, certificateFiles } from "./tls.ts";

const passphrase = "hunter2-passphrase";
const now = Date.parse("2026-11-26T12:00:00Z");
const minute = 60_000;
const clock: Clock = { now: () => now, sleep: async () => undefined };
const unexpected: Transport = () => Promise.reject(new Error("unexpected"));

/** Logs in where every login succeeds, and counts what is sent. */
function login(options: Partial<TlsCertAuthOptions>) {
  const sent: unknown[] = [];
  const request = async (each: unknown) => {
    sent.push(each);
    return { accessToken: "t" } as never;
  };
  const auth = tlsCertAuth({ identityId: "id", ...options });
  return { sent, done: auth.login(loginContext({ http: { request }, transport: unexpected, clock })) };
}

/** The message of a login that is refused before anything is sent; it shows no credential. */
async function refusalOf(options: Partial<TlsCertAuthOptions>): Promise<string> {
  const { sent, done } = login(options);
  const error = await failureOf(done);
  expect(sent).toEqual([]);
  expect(error.code).toBe("AUTH_FAILED");
  expect(printed(error)).not.toContain("hunter2");
  expect(printed(error)).not.toContain("PRIVATE KEY-----");
  return error.message;
}

describe("a certificate that cannot be used is refused before anything is sent", () => {
  test("a key of another certificate, with both files and the subject", async () => {
    const [one, other] = [await authority.issue({ name: "O=Acme, CN=app" }), await authority.issue()];
    const { cert, key } = certificateFiles({ cert: one.cert, key: other.key });
    expect(await refusalOf({ cert, key })).toBe(
      `The key ${key.file} does not belong to the certificate: The certificate ${cert.file} (O=Acme, CN=app) has another.`,
    );
  });

  test("texts are named by their options", async () => {
    const [one, other] = [await authority.issue(), await authority.issue()];
    expect(await refusalOf({ cert: one.cert, key: other.key })).toContain("The key (`key`) does not belong");
  });

  test("a certificate file that is not PEM", async () => {
    const issued = await authority.issue();
    const { cert, key } = certificateFiles({ ...issued, cert: "\u0030\u0082" });
    expect(await refusalOf({ cert, key })).toBe(
      `The certificate ${cert.file} is not a certificate in PEM form.`,
    );
  });

  test.each(["ca", "cert"])("a text of several certificates (%s), one of which is broken", async (option) => {
    const { cert, key } = await authority.issue();
    const broken = "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n";
    const message = await refusalOf({ cert, key, [option]: `${cert}\n${broken}` });
    expect(message).toContain(`(\`${option}\`) is not a certificate in PEM form.`);
  });

  test("an authority that is a key", async () => {
    const { cert, key } = await authority.issue();
    expect(await refusalOf({ cert, key, ca: key })).toBe(
      "The authority (`ca`) is not a certificate in PEM form.",
    );
  });

  test("a key file that holds something else", async () => {
    const { cert: text } = await authority.issue();
    const { cert, key } = certificateFiles({ cert: text, key: "hunter2" });
    expect(await refusalOf({ cert, key })).toBe(`The key ${key.file} is not a private key in PEM form.`);
  });

  test("an encrypted key without its passphrase, and with a wrong one", async () => {
    const { cert, key } = await authority.issue();
    const locked = encrypted(key, passphrase);
    expect(await refusalOf({ cert, key: locked })).toBe(
      "The key (`key`) is encrypted: pass its passphrase as `passphrase`.",
    );
    expect(await refusalOf({ cert, key: locked, passphrase: "hunter2-mistaken" })).toBe(
      "The key (`key`) cannot be decrypted: check `passphrase`.",
    );
    await login({ cert, key: locked, passphrase }).done;
  });

  test("a file that does not exist, which tells others to go on", async () => {
    const { cert, key } = certificateFiles(await authority.issue());
    rmSync(key.file);
    const { done } = login({ cert, key });
    const error = await failureOf(done);
    expect(error.message).toBe(`The key ${key.file} cannot be read (ENOENT).`);
    expect(isUnavailable(error)).toBe(true);
  });

  test("a file that cannot be read, and an empty one", async () => {
    const issued = await authority.issue();
    const { cert, key, folder } = certificateFiles(issued);
    expect(await refusalOf({ cert: { file: folder }, key })).toBe(
      `The certificate ${folder} cannot be read (EISDIR).`,
    );
    writeFileSync(key.file, "\n");
    expect(await refusalOf({ cert, key })).toBe(`The key ${key.file} is empty.`);
  });

  test("an authority's file that does not exist", async () => {
    const { cert, key, folder } = certificateFiles(await authority.issue());
    const { done } = login({ cert, key, ca: { file: `${folder}/ca.crt` } });
    expect((await failureOf(done)).message).toBe(`The authority ${folder}/ca.crt cannot be read (ENOENT).`);
  });

  test("one that has expired, with both times and the clock", async () => {
    const { cert, key } = certificateFiles(await authority.issue({ until: now - 6 * minute }));
    expect(await refusalOf({ cert, key })).toBe(
      `The certificate ${cert.file} (CN=app) expired at 2026-11-26T11:54:00.000Z; it is 2026-11-26T12:00:00.000Z by this ` +
        "client's clock, which can be wrong until Infisical has answered.",
    );
  });

  test("one that is not valid yet", async () => {
    const { cert, key } = certificateFiles(await authority.issue({ from: now + 6 * minute }));
    expect(await refusalOf({ cert, key })).toContain(
      "is not valid before 2026-11-26T12:06:00.000Z; it is 2026-11-26T12:00:00.000Z by this client's clock",
    );
  });
});

test.each([{ until: now - 4 * minute }, { from: now + 4 * minute }])(
  "%j is within the error of a clock, so the server judges",
  async (wanted) => {
    const { cert, key } = await authority.issue(wanted);
    const { sent, done } = login({ cert, key });
    await done;
    expect(sent).toHaveLength(1);
  },
);

test("one file can hold the chain and the key", async () => {
  const { cert, key } = await authority.issue();
  const files = certificateFiles({ cert: `${cert}${authority.cert}`, key: "" });
  appendFileSync(files.cert.file, key);
  const { sent, done } = login({ cert: files.cert, key: files.cert });
  await done;
  expect(sent).toHaveLength(1);
});

test("files that are replaced between the reading of the two are read again", async () => {
  const [old, renewed] = [await authority.issue(), await (await createAuthority()).issue()];
  const { cert, key } = certificateFiles({ cert: old.cert, key: renewed.key });
  const promises = await import("node:fs/promises");
  let reads = 0;
  const fs = {
    stat: promises.stat,
    readFile: async (path: string, encoding: "utf8") => {
      reads += 1;
      const text = await promises.readFile(path, encoding);
      writeFileSync(cert.file, renewed.cert);
      return text;
    },
  };
  const { getBuiltinModule } = process as unknown as { getBuiltinModule(name: string): unknown };
  vi.stubGlobal("process", {
    env: process.env,
    getBuiltinModule: (name: string) => (name === "fs/promises" ? fs : getBuiltinModule(name)),
  });
  await login({ cert, key }).done.finally(() => vi.unstubAllGlobals());
  expect(reads).toBe(4);
});

test("on platforms without Node, a transport must be given", async () => {
  const { cert, key } = await authority.issue();
  vi.resetModules();
  vi.doMock("#node-transport", () => import("../src/no-node-transport.ts"));
  const { tlsCertAuth: elsewhere } = await import("../src/index.ts");
  vi.doUnmock("#node-transport");
  vi.resetModules();
  expect(() => elsewhere({ identityId: "id", cert, key })).toThrow(
    "transport must be given on platforms without Node: one that presents the certificate",
  );
  expect(elsewhere({ identityId: "id", transport: unexpected }).name).toBe("tls-cert-auth");
});

test("the identity comes from INFISICAL_MACHINE_IDENTITY_ID by default", async () => {
  vi.stubEnv("INFISICAL_MACHINE_IDENTITY_ID", "from-variable");
  const { sent, done } = login({ identityId: undefined, transport: unexpected });
  await done.finally(() => vi.unstubAllEnvs());
  expect(sent).toMatchObject([{ body: { identityId: "from-variable" } }]);
});

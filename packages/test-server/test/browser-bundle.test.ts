import { createPrivateKey, generateKeyPairSync, sign, X509Certificate } from "node:crypto";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { rawText } from "../../../scripts/raw-text.mjs";
import type * as package_ from "../src/index.ts";

type TestServer = package_.TestServer;

const source = fileURLToPath(new URL("../src", import.meta.url));

/** The package as a bundler for pages builds it, with the conditions of `#sockets` in package.json. */
const bundle = await build({
  entryPoints: [`${source}/index.ts`],
  alias: { "#sockets": `${source}/engine/no-sockets.ts` },
  bundle: true,
  format: "iife",
  globalName: "testServer",
  metafile: true,
  platform: "browser",
  target: "es2022",
  write: false,
});

/** What every page has, whose names this process also has. */
const ofPages = {
  AbortController,
  AbortSignal,
  URL,
  URLSearchParams,
  atob,
  btoa,
  clearTimeout,
  // As in a page: a number.
  setTimeout: (...parameters: Parameters<typeof setTimeout>) => Number(setTimeout(...parameters)),
};
const ofBrowsers = {
  CryptoKey,
  Headers,
  ReadableStream,
  Request,
  Response,
  TextDecoder,
  TextEncoder,
  crypto: globalThis.crypto,
};
/** The pages of Jest have no Fetch API, no text encoders and no subtle cryptography. */
const ofJest = {
  crypto: { getRandomValues: (array: Uint8Array<ArrayBuffer>) => globalThis.crypto.getRandomValues(array) },
};

/** The package in a page, where there is nothing but these globals. */
function loadIn(globals: object): typeof package_ {
  const context = createContext({ ...ofPages, ...globals });
  runInContext(bundle.outputFiles[0]?.text ?? "", context);
  return runInContext("testServer", context);
}

/** Calls the API of a server through its transport. */
async function api(server: TestServer, method: string, url: string, body?: object, token?: string) {
  const response = await server.transport({
    method,
    url,
    headers: {
      "content-type": "application/json",
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: body && JSON.stringify(body),
  });
  return { status: response.status, body: JSON.parse(response.body) };
}

async function login(server: TestServer): Promise<string> {
  const path = "/api/v1/auth/universal-auth/login";
  return (await api(server, "POST", path, server.credentials())).body.accessToken;
}

const browsers = [
  { page: "a browser's", globals: ofBrowsers },
  { page: "Jest's", globals: ofJest },
];

test("a bundle for pages holds nothing of Node", () => {
  const imports = Object.values(bundle.metafile.inputs).flatMap((input) => input.imports);
  expect(imports.filter(({ external }) => external)).toEqual([]);
  expect(Object.keys(bundle.metafile.inputs).join()).not.toContain("socket-server");
});

test("the page of the server is in the bundle of sockets only", async () => {
  const ofPage = (inputs: object) => Object.keys(inputs).filter((path) => /\/ui\//.test(path));
  expect(ofPage(bundle.metafile.inputs)).toEqual([]);
  const sockets = await build({
    entryPoints: [`${source}/engine/socket-server.ts`],
    bundle: true,
    metafile: true,
    platform: "node",
    plugins: [rawText()],
    write: false,
  });
  expect(ofPage(sockets.metafile.inputs).join()).toContain("page.html");
});

test("the schemas of certificates are loaded when the first one is issued", () => {
  const ofOurs = Object.entries(bundle.metafile.inputs).filter(([path]) => !path.includes("node_modules"));
  const imports = ofOurs
    .flatMap(([, input]) => input.imports)
    .filter(({ path }) => path.includes("@peculiar"));
  expect(imports.map(({ kind }) => kind)).toEqual(["dynamic-import", "dynamic-import", "dynamic-import"]);
});

test.each(browsers)("secrets are written and read in $page page", async ({ globals }) => {
  const server = loadIn(globals).createTestServer();
  const token = await login(server);
  const secret = { workspaceId: server.projectId(), environment: "dev", secretValue: "é €" };
  const path = "/api/v3/secrets/raw/KEY";
  expect((await api(server, "POST", path, secret, token)).status).toBe(200);
  const query = new URLSearchParams({ workspaceId: server.projectId(), environment: "dev" });
  const { body } = await api(server, "GET", `${path}?${query}`, undefined, token);
  expect(body.secret.secretValue).toBe("é €");
});

test("the server of a page has a `fetch`, and opens no port", async () => {
  const server = loadIn(ofBrowsers).createTestServer();
  expect((await server.fetch("/api/status")).status).toBe(200);
  await expect(server.listen()).rejects.toThrow("A page can open no port");
  await server.close();
});

test("KMS keys encrypt and decrypt, sign and verify in a page", async () => {
  const environments = [{ name: "Development", slug: "dev" }];
  const projects = [{ name: "Keys", slug: "keys", type: "kms" as const, environments }];
  const server = loadIn(ofBrowsers).createTestServer({ projects });
  const token = await login(server);
  const create = async (fields: object): Promise<string> => {
    const key = { projectId: server.projectId(), ...fields };
    return `/api/v1/kms/keys/${(await api(server, "POST", "/api/v1/kms/keys", key, token)).body.key.id}`;
  };
  const secret = await create({ name: "secret" });
  const sealed = await api(server, "POST", `${secret}/encrypt`, { plaintext: "aGk=" }, token);
  const opened = await api(server, "POST", `${secret}/decrypt`, sealed.body, token);
  expect(opened.body).toEqual({ plaintext: "aGk=" });
  const pair = await create({
    name: "pair",
    keyUsage: "sign-verify",
    encryptionAlgorithm: "ECC_NIST_P256",
  });
  const input = { data: "aGk=", signingAlgorithm: "ECDSA_SHA_256" };
  const { signature } = (await api(server, "POST", `${pair}/sign`, input, token)).body;
  const verified = await api(server, "POST", `${pair}/verify`, { ...input, signature }, token);
  expect(verified.body.signatureValid).toBe(true);
});

test("a JWT logs in to the server of a page", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  const server = loadIn(ofBrowsers).createTestServer({
    identities: [{ name: "ci", jwtAuth: { publicKeys: [pem] } }],
  });
  const [header, claims] = [{ alg: "RS256" }, { sub: "job" }].map((part) =>
    Buffer.from(JSON.stringify(part)).toString("base64url"),
  );
  const signature = sign("sha256", Buffer.from(`${header}.${claims}`), privateKey).toString("base64url");
  const identityId = server.identities[0]?.identityId;
  const body = { identityId, jwt: `${header}.${claims}.${signature}` };
  expect((await api(server, "POST", "/api/v1/auth/jwt-auth/login", body)).status).toBe(200);
});

test("the issuer of a page's server issues a token that logs in", async () => {
  // Unlike in a page, the bytes of its `TextEncoder` would be those of this process.
  const page = loadIn({ ...ofBrowsers, Uint8Array });
  const server = page.createTestServer({ identities: [{ name: "ci", oidcAuth: {} }] });
  const jwt = await server.tokenIssuer.issueToken();
  const body = { identityId: server.identities[0]?.identityId, jwt };
  expect((await api(server, "POST", "/api/v1/auth/oidc-auth/login", body)).status).toBe(200);
});

test("a certificate is issued in a page", async () => {
  // Unlike in a page, the bytes of its cryptography would be those of this process.
  const page = loadIn({ ...ofBrowsers, ArrayBuffer, Uint8Array });
  const server = page.createTestServer();
  const { id } = server.certificates.createProfile({ defaults: { ttlDays: 1 } });
  const token = await login(server);
  const request = { profileId: id, attributes: { commonName: "page" } };
  const { body } = await api(server, "POST", "/api/v1/cert-manager/certificates", request, token);
  const { certificate, issuingCaCertificate, privateKey } = body.certificate;
  const leaf = new X509Certificate(certificate);
  expect(leaf.subject).toBe("CN=page");
  expect(leaf.verify(new X509Certificate(issuingCaCertificate).publicKey)).toBe(true);
  expect(leaf.checkPrivateKey(createPrivateKey(privateKey))).toBe(true);
});

const redisInputs = {
  host: "localhost",
  port: 6379,
  username: "default",
  creationStatement: "ACL SETUSER {{username}} on >{{password}} ~* &* +@all",
  revocationStatement: "ACL DELUSER {{username}}",
};

test("leases expire in a page, where a timer is a number", async () => {
  const server = loadIn(ofBrowsers).createTestServer({
    projects: [
      {
        name: "App",
        slug: "my-app",
        environments: [{ name: "Development", slug: "dev" }],
        dynamicSecrets: {
          dev: { "/": { db: { type: "redis", inputs: redisInputs } } },
        },
      },
    ],
  });
  const token = await login(server);
  const lease = { dynamicSecretName: "db", projectSlug: "my-app", environmentSlug: "dev" };
  const created = await api(server, "POST", "/api/v1/dynamic-secrets/leases", lease, token);
  expect(created.status).toBe(200);
  server.clock.advance(2 * 3_600_000);
  await expect.poll(() => server.leases.list()).toEqual([]);
});

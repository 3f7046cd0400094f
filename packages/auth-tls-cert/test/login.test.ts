import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { ClientEvent, Transport } from "@infisical/core";
import { createClient, TransportError } from "@infisical/core";
import { nodeTransport } from "@infisical/core/node";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { createAuthority, failureOf, loginContext, printed, serveSecurely, serveSockets } from "#test-kit";
import { tlsCertAuth } from "../src/index.ts";
import { authority, ca, certificateFiles, startBehindTls } from "./tls.ts";

const call = { method: "GET", path: "/api/v1/projects" } as const;
const loginLine = "POST /api/v1/auth/tls-cert-auth/login";

test("a certificate logs in at its own origin, and no other request goes there", async () => {
  const { server, front, clientFor } = await startBehindTls({ seed: { allowedCommonNames: "app" } });
  const issued = await authority.issue();
  const client = clientFor({ cert: issued.cert, key: issued.key });
  await client.request(call);
  await client.request(call);
  expect(front.requests).toEqual([{ line: loginLine, serial: issued.serial }]);
  expect(front.connections).toHaveLength(1);
  expect(server.requests.map(({ status }) => status)).toEqual([200, 200, 200]);
});

test("the connection of the login is closed after it", async () => {
  const { front, clientFor } = await startBehindTls();
  const { cert, key } = await authority.issue();
  await clientFor({ cert, key }).auth().login();
  await expect.poll(() => front.connections.every(({ destroyed }) => destroyed)).toBe(true);
});

test("files are read at every login, so that a replaced certificate is presented", async () => {
  const { front, clientFor } = await startBehindTls();
  const [first, second] = [await authority.issue(), await authority.issue()];
  const { cert, key, replace } = certificateFiles(first);
  const client = clientFor({ cert, key });
  await client.auth().login();
  replace(second);
  await client.auth().login();
  expect(front.requests.map(({ serial }) => serial)).toEqual([first.serial, second.serial]);
});

test("a session logs in for an hour with certificates that live for ten minutes, and no call fails", async () => {
  const { server, front, clientFor, logins } = await startBehindTls({
    seed: { accessTokenTTL: 300, accessTokenMaxTTL: 300 },
  });
  const shortLived = () =>
    authority.issue({ from: server.clock.now() - 60_000, until: server.clock.now() + 600_000 });
  const { cert, key, replace } = certificateFiles(await shortLived());
  const client = clientFor({ cert, key });
  for (let minutes = 0; minutes < 60; minutes += 1) {
    if (minutes % 5 === 0) replace(await shortLived());
    await client.request(call);
    await server.clock.advance(60_000);
  }
  expect(logins().length).toBeGreaterThanOrEqual(12);
  expect(logins().every(({ status }) => status === 200)).toBe(true);
  expect(new Set(front.requests.map(({ serial }) => serial)).size).toBeGreaterThanOrEqual(12);
});

test("a login whose connection drops arrives at the second attempt", async () => {
  const events: ClientEvent[] = [];
  const { front, clientFor } = await startBehindTls({
    front: {
      beforeForward: (socket, count) => {
        if (count === 1) socket.destroy();
        return count > 1;
      },
    },
  });
  const { cert, key } = await authority.issue();
  const client = clientFor({ cert, key }, { onEvent: (event: ClientEvent) => events.push(event) });
  await client.request(call);
  expect(front.requests.map(({ line }) => line)).toEqual([loginLine, loginLine]);
  expect(events.map(({ type }) => type)).toContain("retry-scheduled");
});

test("an aborted login ends with the signal's own reason", async () => {
  const { front, clientFor } = await startBehindTls({ front: { beforeForward: () => false } });
  const { cert, key } = await authority.issue();
  const client = clientFor({ cert, key });
  const controller = new AbortController();
  const asked = client.request({ ...call, signal: controller.signal });
  await expect.poll(() => front.requests.length).toBe(1);
  const reason = new Error("enough");
  controller.abort(reason);
  expect(await failureOf(asked)).toBe(reason);
});

describe("where a login goes by default", () => {
  test.each([
    ["https://app.infisical.com", "https://app.infisical.com:8443/"],
    ["https://eu.infisical.com", "https://eu.infisical.com:8443/"],
    ["https://us.infisical.com", "https://us.infisical.com:8443/"],
    ["https://app.infisical.com:8443", "https://app.infisical.com:8443/"],
    ["https://app.infisical.com.evil.test", "https://app.infisical.com.evil.test/"],
    ["https://infisical.acme.test/vault", "https://infisical.acme.test/vault/"],
    ["http://localhost:8080", "http://localhost:8080/"],
  ])("a client of %s logs in at %s", async (siteUrl, expected) => {
    const urls: string[] = [];
    const transport: Transport = async ({ url }) => {
      urls.push(url);
      return { status: 200, headers: {}, body: '{"accessToken":"t"}' };
    };
    await createClient({ siteUrl, auth: tlsCertAuth({ identityId: "id", transport }) })
      .auth()
      .login();
    expect(urls).toEqual([`${expected}api/v1/auth/tls-cert-auth/login`]);
  });

  test("loginUrl replaces the origin, and a path of siteUrl stays", async () => {
    const urls: string[] = [];
    const transport: Transport = async ({ url }) => {
      urls.push(url);
      return { status: 200, headers: {}, body: '{"accessToken":"t"}' };
    };
    const auth = tlsCertAuth({ identityId: "id", transport, loginUrl: "mtls.acme.test/" });
    await createClient({ siteUrl: "https://acme.test/vault", auth }).auth().login();
    expect(urls).toEqual(["https://mtls.acme.test/vault/api/v1/auth/tls-cert-auth/login"]);
  });

  test.each(["http://evil.test/a.localhost", "http://evil.test/127.0.0.1/"])(
    "a path that looks like a loopback address is none (%s)",
    async (siteUrl) => {
      const transport: Transport = () => Promise.reject(new Error("sent"));
      const auth = tlsCertAuth({ identityId: "id", transport });
      const error = await failureOf(createClient({ siteUrl, auth, retry: false }).auth().login());
      expect(error.message).toContain("siteUrl must begin with https://");
    },
  );

  test("a login over a network without TLS is refused before it is sent", async () => {
    const { cert, key } = await authority.issue();
    const auth = tlsCertAuth({ identityId: "id", cert, key });
    const http = { request: () => Promise.reject(new Error("sent")) };
    const transport = () => Promise.reject(new Error("sent"));
    const login = auth.login(loginContext({ http, transport, siteUrl: "http://vault.test" }));
    expect((await failureOf(login)).message).toBe(
      'siteUrl must begin with https://: without TLS, a login presents no certificate, got "http://vault.test".',
    );
  });
});

test("a transport of the user's own presents the certificate, and stays open", async () => {
  const { front, clientFor } = await startBehindTls();
  const { cert, key, serial } = await authority.issue();
  const own = nodeTransport({ ca, cert, key });
  let closed = 0;
  const transport = Object.assign((...given: Parameters<Transport>) => own(...given), {
    close: () => {
      closed += 1;
    },
  });
  await clientFor({ transport, ca: undefined }).request(call);
  expect(front.requests).toEqual([{ line: loginLine, serial }]);
  expect(closed).toBe(0);
  own.close?.();
});

describe("a refusal says what to check, and shows no key", () => {
  const header =
    "must ask for a client certificate, and pass it on in the header x-identity-tls-cert-auth-client-cert";

  async function refusalOf(
    options: Parameters<typeof startBehindTls>[0] = {},
    { issuer = authority, wanted = {}, identity = 0, ...others }: Record<string, never> | Given = {},
  ) {
    const { clientFor, identityOf } = await startBehindTls(options);
    const { cert, key } = await issuer.issue(wanted);
    const client = clientFor({ cert, key, identityId: identityOf(identity), ...others });
    const error = await failureOf(client.request(call));
    expect(error.code).toBe("AUTH_FAILED");
    expect(printed([error, client])).not.toContain(key.split("\n")[1]);
    return error;
  }
  interface Given {
    readonly issuer?: typeof authority;
    readonly wanted?: object;
    readonly identity?: number;
    readonly organizationSlug?: string;
  }

  test("a proxy that does not pass the certificate on", async () => {
    const error = await refusalOf({ front: { passesOn: false } });
    expect(error.statusCode).toBe(400);
    expect(error.text).toContain(
      `Missing TLS certificate in header. The proxy in front of the server ${header}`,
    );
    expect(error.text).toContain("Infisical Cloud asks on port 8443 only: check loginUrl.");
  });

  test("a certificate of another authority", async () => {
    const error = await refusalOf({}, { issuer: await createAuthority() });
    expect(error.statusCode).toBe(401);
    expect(error.text).toContain(
      "Certificate not issued by the provided CA. The TLS Certificate Auth must have the certificate of the authority that issued `cert`.",
    );
  });

  test("a certificate that the server's clock says has expired", async () => {
    const until = Date.now() - 60_000;
    const error = await refusalOf({}, { wanted: { until } });
    expect(error.text).toContain("Certificate has expired. Renew the certificate, or check that");
  });

  test("a certificate that the server's clock says is not valid yet", async () => {
    const error = await refusalOf({}, { wanted: { from: Date.now() + 200_000 } });
    expect(error.text).toContain("Certificate not yet valid. Check the clocks of the server");
  });

  test("a common name that is not allowed", async () => {
    const error = await refusalOf({ seed: { allowedCommonNames: "web" } });
    expect(error.text).toContain("must allow the certificate's common name.");
  });

  test("an identity without the method, one that was deleted, and an unknown organization", async () => {
    expect((await refusalOf({}, { identity: 1 })).text).toContain(
      "Check the identity's id, and that TLS Certificate Auth is among its auth methods.",
    );
    expect((await refusalOf({}, { identity: 2 })).text).toContain("The identity was deleted");
    expect((await refusalOf({}, { organizationSlug: "acme" })).text).toContain("check organizationSlug.");
  });

  test("a header that holds something else", async () => {
    const transport: Transport = async () => ({
      status: 400,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        reqId: "r",
        statusCode: 400,
        error: "BadRequest",
        message: "Missing client certificate",
      }),
    });
    const client = createClient({ auth: tlsCertAuth({ identityId: "id", transport }) });
    expect((await failureOf(client.auth().login())).text).toContain(
      "The header's value must be the certificate in PEM form, URL-encoded: check the proxy.",
    );
  });
});

describe("a handshake that fails says what to look at", () => {
  test("a server whose authority is unknown names the option ca, and is asked once", async () => {
    const { front, clientFor } = await startBehindTls();
    const { cert, key } = await authority.issue();
    const error = await failureOf(clientFor({ cert, key, ca: undefined }).auth().login());
    expect(error.code).toBe("UNREACHABLE");
    expect(error.text).toContain("Pass the certificate authority as `ca`");
    expect(front.connections).toHaveLength(1);
  });

  test.each([
    [42, "bad certificate"],
    [44, "certificate revoked"],
    [45, "certificate expired"],
    [46, "certificate unknown"],
    [48, "unknown ca"],
    [116, "certificate required"],
  ])("the alert %i, %s, is a refusal of the certificate that is not repeated", async (alert, said) => {
    const { port, connections } = await serveSockets((socket) =>
      socket.once("data", () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, alert]))),
    );
    const { cert, key } = await authority.issue();
    const loginUrl = `https://localhost:${port}`;
    const client = createClient({ auth: tlsCertAuth({ identityId: "id", cert, key, loginUrl }) });
    const error = await failureOf(client.auth().login());
    expect(error.code).toBe("UNREACHABLE");
    expect(error.text).toContain(said);
    expect(error.text).toContain(
      "The server refuses the client's certificate: check `cert`, and the authorities that the server trusts.",
    );
    expect(connections).toHaveLength(1);
  });

  test("a proxy that drops such connections without a word is not taken for a refusal", async () => {
    const { clientFor } = await startBehindTls({ front: { rejectUnauthorized: true } });
    const { cert, key } = await (await createAuthority()).issue();
    const error = await failureOf(clientFor({ cert, key }, { retry: false }).auth().login());
    expect(error.code).toBe("CONNECTION_LOST");
    expect(error.text).toContain("the server may be refusing the certificate without a word");
  });

  test("nginx's own refusal is explained", async () => {
    const { url } = await serveSecurely(
      (_, response) => {
        response.writeHead(400, { "content-type": "text/html" });
        response.end("<html><head><title>400 The SSL certificate error</title></head></html>");
      },
      { host: "localhost" },
    );
    const { cert, key } = await authority.issue();
    const auth = tlsCertAuth({ identityId: "id", cert, key, ca, loginUrl: url });
    const error = await failureOf(createClient({ auth }).auth().login());
    expect(error.text).toContain("Proxies answer so to a certificate that they refuse: check `cert`");
  });

  test("a port that nobody answers on is explained, at Infisical Cloud", async () => {
    const transport: Transport = () =>
      Promise.reject(new TransportError("connect ETIMEDOUT", { sent: false, code: "ETIMEDOUT" }));
    const client = createClient({ retry: false, auth: tlsCertAuth({ identityId: "id", transport }) });
    expect((await failureOf(client.auth().login())).text).toContain(
      "The login needs port 8443: check firewalls.",
    );
  });
});

test("a program ends by itself after a login", async () => {
  const { front, siteUrl, identityOf } = await startBehindTls();
  const { cert, key } = certificateFiles(await authority.issue());
  const authorities = certificateFiles({ cert: ca, key: "" });
  const options = { identityId: identityOf(0), cert, key, ca: authorities.cert, loginUrl: front.url };
  const file = join(cert.file, "..", "program.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("fixtures/log-in.mjs", import.meta.url))],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    tsconfig: fileURLToPath(new URL("../../../tsconfig.json", import.meta.url)),
  });
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [file, siteUrl, JSON.stringify(options)], {
    timeout: 25_000,
  });
  expect(stdout.trim()).toBe("logged in");
});

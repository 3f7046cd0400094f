import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestServerOptions, TlsCertAuthSeed } from "@infisical/test-server";
import { onTestFinished } from "vitest";
import { createAuthority, type Issued, authority as serverAuthority, serveTlsFront, start } from "#test-kit";
import { type TlsCertAuthOptions, tlsCertAuth } from "../src/index.ts";

/** Issues the certificates of clients. */
export const authority = await createAuthority("Clients");

/** The authority of the proxy's own certificate. */
export const ca = serverAuthority;

/** Files of a certificate and its key, and a way to replace them. */
export function certificateFiles(first: Pick<Issued, "cert" | "key">) {
  const folder = mkdtempSync(join(tmpdir(), "infisical-tls-cert-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [cert, key] = [{ file: join(folder, "tls.crt") }, { file: join(folder, "tls.key") }] as const;
  const replace = (issued: Pick<Issued, "cert" | "key">): void => {
    writeFileSync(cert.file, issued.cert);
    writeFileSync(key.file, issued.key);
  };
  replace(first);
  return { cert, key, folder, replace };
}

/** A server behind a proxy that asks for certificates, and clients whose other requests go to the server itself. */
export async function startBehindTls({
  seed = {},
  server: serverOptions = {},
  front: frontOptions = {},
}: {
  seed?: Partial<TlsCertAuthSeed>;
  server?: TestServerOptions;
  front?: Parameters<typeof serveTlsFront>[2];
} = {}) {
  const tlsCertAuth_ = { caCertificate: authority.cert, ...seed };
  const { server, connect, siteUrl } = await start({
    server: {
      identities: [
        { name: "app", projectRoles: { "example-project": "viewer" }, tlsCertAuth: tlsCertAuth_ },
        { name: "other", universalAuth: {} },
        { name: "gone", tlsCertAuth: tlsCertAuth_, isDeleted: true },
      ],
      ...serverOptions,
    },
  });
  const front = await serveTlsFront(siteUrl, authority, frontOptions);
  const identityOf = (index: number) => server.identities[index]?.identityId ?? "";
  const clientFor = (options: Partial<TlsCertAuthOptions>, others: object = {}) => {
    const identityId = identityOf(0);
    const auth = tlsCertAuth({ identityId, loginUrl: front.url, ca, ...options });
    const client = connect({ auth, ...others });
    onTestFinished(() => client.close());
    return client;
  };
  const logins = () => server.requests.filter(({ path }) => path.endsWith("/login"));
  return { server, siteUrl, front, clientFor, identityOf, logins };
}

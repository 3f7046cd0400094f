import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import https, { type ServerOptions } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { listen } from "#test-kit";
import type { CertificateBundle, KeptCertificate } from "../src/index.ts";
import { day, next, startCertificates } from "./start-certificates.ts";

/** How a server of HTTPS gets the certificate, and each new one. */
const ways: Readonly<Record<string, (kept: KeptCertificate) => https.Server>> = {
  SNICallback: (kept) => serverWith({ SNICallback: (_, done) => done(null, kept.secureContext() as never) }),
  setSecureContext: (kept) => {
    const options = ({ fullChain, privateKey }: CertificateBundle) => ({ cert: fullChain, key: privateKey });
    const server = serverWith(options(kept.bundle as CertificateBundle));
    kept.addEventListener("change", ({ bundle }) => server.setSecureContext(options(bundle) as never));
    return server;
  },
};

function serverWith(options: ServerOptions): https.Server {
  return https.createServer(options, (_, response) => response.end("served"));
}

/** Asks over a new connection, whose certificate must be trusted; resolves to the certificate's serial number. */
function ask(port: number, ca: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = https.get({ host: "localhost", port, ca, agent: false }, (response) => {
      const { serialNumber } = (response.socket as TLSSocket).getPeerCertificate();
      let text = "";
      response.setEncoding("utf8").on("data", (piece: string) => {
        text += piece;
      });
      response.on("end", () => (text === "served" ? resolve(serialNumber) : reject(new Error(text))));
      response.on("error", reject);
    });
    request.on("error", reject);
  });
}

const blocksOf = (pem: string): string[] =>
  pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];

test.each(
  Object.keys(ways).flatMap((way) => [
    { way, localKey: false },
    { way, localKey: true },
  ]),
)(
  "a server changes its certificate under load by $way, with a local key: $localKey",
  async ({ way, localKey }) => {
    const { server, keep, clock, asked } = await startCertificates();
    const kept = keep({ localKey });
    await kept.ready;
    const { port } = await listen(ways[way]?.(kept) as https.Server, { scheme: "https" });
    const ca = await server.certificates.rootCertificate();
    const seen = new Set<string>();
    let isLoaded = true;
    let count = 0;
    let waiting: { readonly until: number; readonly resolve: () => void } | undefined;
    const load = Promise.all(
      Array.from({ length: 4 }, async () => {
        while (isLoaded) {
          seen.add(await ask(port, ca));
          count += 1;
          if (waiting && count >= waiting.until) waiting.resolve();
        }
      }),
    );
    /** Resolves after so many more requests; rejects if one has failed. */
    const requests = (more: number) =>
      Promise.race([
        load,
        new Promise<void>((resolve) => {
          waiting = { until: count + more, resolve };
        }),
      ]);
    await requests(8);
    expect(seen.size).toBe(1);
    const changed = next(kept, "change");
    clock.advance(61 * day);
    await changed;
    await requests(16);
    isLoaded = false;
    // One that failed rejects.
    await load;
    expect(seen.size).toBe(2);
    expect(asked()).toBe(2);
    const digitsOf = (serial = "") => serial.toLowerCase().replace(/^0+/, "");
    expect([...seen].map(digitsOf)).toContain(digitsOf(kept.bundle?.serialNumber));
  },
);

test("a chain verifies with X509Certificate and with openssl", async () => {
  const { server, api, profileId } = await startCertificates();
  const { bundle } = await api.issue({ profileId, attributes: { commonName: "localhost" } });
  const root = await server.certificates.rootCertificate();
  const [leaf, ...issuers] = blocksOf(bundle?.fullChain ?? "").map((each) => new X509Certificate(each));
  expect(issuers.length).toBeGreaterThan(0);
  for (const [index, issuer] of issuers.entries()) {
    const below = index === 0 ? leaf : issuers[index - 1];
    expect(below?.checkIssued(issuer)).toBe(true);
    expect(below?.verify(issuer.publicKey)).toBe(true);
  }
  expect(issuers.at(-1)?.fingerprint256).toBe(new X509Certificate(root).fingerprint256);
  const folder = mkdtempSync(join(tmpdir(), "infisical-chain-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const files = { root, chain: bundle?.certificateChain ?? "", leaf: bundle?.certificate ?? "" };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const options = { cwd: folder, encoding: "utf8" } as const;
  const verified = execFileSync(
    "openssl",
    ["verify", "-CAfile", "root", "-untrusted", "chain", "leaf"],
    options,
  );
  expect(verified).toBe("leaf: OK\n");
});

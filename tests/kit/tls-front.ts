import http from "node:http";
import type { ServerOptions } from "node:https";
import type { TLSSocket } from "node:tls";
import type { Authority } from "./authority.ts";
import { type RawServer, serveSecurely } from "./raw-server.ts";

/** The header in which Infisical expects the client's certificate. */
const certificateHeader = "x-identity-tls-cert-auth-client-cert";

/** A proxy that ends TLS in front of a server, and what it has seen. */
export interface TlsFront extends RawServer {
  /** Each request as "METHOD /path", with the serial number of the client's certificate. */
  readonly requests: { readonly line: string; readonly serial: string | undefined }[];
}

/**
 * Starts a proxy as self-hosted servers have one: it asks for a client certificate, and passes it on in a header.
 *
 * @param siteUrl - The server behind it.
 * @param authority - Whose client certificates it accepts.
 * @param options - Of the TLS server; with `rejectUnauthorized` it refuses other certificates itself.
 */
export async function serveTlsFront(
  siteUrl: string,
  authority: Pick<Authority, "cert">,
  {
    passesOn = true,
    header = certificateHeader,
    beforeForward,
    ...options
  }: ServerOptions & {
    readonly passesOn?: boolean;
    readonly header?: string;
    readonly beforeForward?: (socket: TLSSocket, count: number) => boolean;
  } = {},
): Promise<TlsFront> {
  const requests: TlsFront["requests"] = [];
  const front = await serveSecurely(
    (incoming, outgoing) => {
      const socket = incoming.socket as TLSSocket;
      const { raw, serialNumber } = socket.getPeerCertificate();
      requests.push({ line: `${incoming.method} ${incoming.url}`, serial: serialNumber });
      if (beforeForward?.(socket, requests.length) === false) return;
      // Whoever sends the header itself must not be believed.
      const { [header]: _, ...headers } = incoming.headers;
      if (raw && passesOn) headers[header] = encodeURIComponent(toPem(raw));
      const { method, url = "" } = incoming;
      const request = http.request(new URL(url, siteUrl), { method, headers }, (response) => {
        outgoing.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(outgoing);
      });
      request.on("error", () => outgoing.destroy());
      incoming.pipe(request);
    },
    { host: "localhost", requestCert: true, rejectUnauthorized: false, ca: authority.cert, ...options },
  );
  return { ...front, requests };
}

function toPem(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

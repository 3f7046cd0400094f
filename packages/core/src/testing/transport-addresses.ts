/**
 * Where the transport server can be reached. Plain data: it survives `JSON.stringify` on its way to another
 * process or runtime.
 */
export interface TransportServerAddresses {
  /** The origin of the server over plain HTTP, without a trailing slash, e.g. `http://127.0.0.1:40123`. */
  readonly http: string;
  /** The same server over TLS, with a certificate that `ca` has signed. */
  readonly https: string;
  /** The same, with a certificate that nobody has signed. */
  readonly httpsUntrusted: string;
  /** The same, with a certificate that `ca` has signed and that has expired. */
  readonly httpsExpired: string;
  /** The same, with a certificate that `ca` has signed for another host. */
  readonly httpsWrongHost: string;
  /** The origin of a port that refuses connections. */
  readonly refused: string;
  /** The origin of a host whose name does not resolve. */
  readonly unresolvable: string;
  /** The origin of a port that takes connections and never answers a TLS handshake. */
  readonly silent: string;
  /** The origin of a port that never completes a connection; `null` on a machine that cannot have one. */
  readonly swallowing: string | null;
  /** The certificate of the authority to trust, as PEM. */
  readonly ca: string;
}

/** One request as the server saw it. `GET /seen/<id>` lists those whose path has that id, in their order. */
export interface SeenRequest {
  /** The HTTP method. */
  readonly method: string;
  /** Path and query, as they stood in the request line. */
  readonly target: string;
  /** The header lines, in their order and with the case of their names. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** What was read of the body, decoded as UTF-8. */
  readonly body: string;
  /** The number of the connection that brought it. */
  readonly connection: number;
}

import { request } from "node:http";

/** A request as it goes over the wire. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query?: Record<string, unknown> | undefined;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/** A response, with its body parsed if it is JSON. */
export interface Received {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: unknown;
}

/** Sends the path unchanged: a URL library would resolve its dots. */
export function send(siteUrl: string, { method, path, query = {}, headers, body }: Sent): Promise<Received> {
  const { hostname, port } = new URL(siteUrl);
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)])),
  );
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const ofBody = text === undefined ? {} : describedBody(text, typeof body === "string");
  return new Promise((resolve, reject) => {
    const target = `${path}${search.size > 0 ? `?${search}` : ""}`;
    const options = { hostname, port, method, path: target, headers: { ...ofBody, ...headers } };
    const outgoing = request(options, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      const received = Buffer.concat(chunks).toString();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: parsed(received) });
    });
    outgoing.on("error", reject);
    outgoing.end(text);
  });
}

/** Node sends the body of a DELETE correctly only if its length is set. */
function describedBody(text: string, isText: boolean): Record<string, string | number> {
  const length = { "content-length": Buffer.byteLength(text) };
  return isText ? length : { ...length, "content-type": "application/json" };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

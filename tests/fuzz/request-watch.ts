import type { Transport, TransportRequest } from "@infisical/sdk";

/** Stands between a client and its transport, and says what is wrong with the requests. */
export class RequestWatch {
  readonly requests: TransportRequest[] = [];
  readonly transport: Transport;

  constructor(inner: Transport) {
    this.transport = (request) => {
      this.requests.push(request);
      return inner(request);
    };
  }

  /** Forgets the requests and returns them. */
  take(): readonly TransportRequest[] {
    return this.requests.splice(0);
  }
}

/** What a request never holds unless the caller wrote it. */
const accidents = ["[object", "undefined", "NaN"] as const;

/** What is wrong with a request for what it was called with; `undefined` if nothing. */
export function accidentOf(
  { url, body = "" }: TransportRequest,
  args: readonly unknown[],
): string | undefined {
  const given = textsOf(args);
  const path = decoded(url);
  for (const accident of accidents) {
    if (given.some((text) => text.includes(accident))) continue;
    if (path.includes(accident)) return `the URL holds ${accident}: ${path}`;
    if (body.includes(accident)) return `the body holds ${accident}: ${body.slice(0, 500)}`;
  }
  if (/[?&][^=]*=null(?:&|$)/.test(url) && !given.includes("null")) return `the query holds null: ${url}`;
  if (body !== "" && holdsNull(JSON.parse(body)) && !given.includes(nothing))
    return `the body holds null: ${body.slice(0, 500)}`;
  return undefined;
}

const nothing = "\0null";

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

function holdsNull(value: unknown): boolean {
  if (value === null) return true;
  return typeof value === "object" && Object.values(value).some(holdsNull);
}

/** All texts and names in what a method was called with, so far as it can be read. */
function textsOf(args: readonly unknown[]): string[] {
  const texts: string[] = [];
  const seen = new Set<unknown>();
  const pending: unknown[] = [...args];
  for (const value of pending) {
    if (value === null) texts.push(nothing);
    if (typeof value === "string") texts.push(value);
    if (typeof value !== "object" || value === null || seen.has(value) || pending.length > 10_000) continue;
    seen.add(value);
    try {
      for (const [name, inner] of Object.entries(value)) {
        texts.push(name);
        pending.push(inner);
      }
    } catch {
      // It cannot be read by the client either.
    }
  }
  return texts;
}

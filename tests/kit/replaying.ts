import { serve } from "./raw-server.ts";
import { type Generation, type Recording, readRecordings } from "./recordings.ts";

/** A server that answers with what a real one of its generation was recorded to answer. */
export interface ReplayingServer {
  readonly siteUrl: string;
  /** The requests so far, in order. */
  readonly requests: readonly ReplayedRequest[];
  /** Answers the next requests with these recordings, by id. A request by another method or route is an error. */
  next(...ids: string[]): void;
  /** Answers the next request with what no recording has. */
  nextResponse(response: Partial<Recording["response"]>): void;
  /** Looks up a recording by its id. */
  recording(id: string): Recording;
}

/** A request as a replaying server received it. */
export interface ReplayedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The bearer token; `undefined` if the request has no `authorization`. */
  readonly token: string | undefined;
  readonly body: unknown;
}

/** Sets of recordings by generation. The newer calls were recorded once: from a current server. */
const sets = { "october-2024": ["october-2024"], "july-2026": ["july-2026", "v4-and-newer"] } as const;

/**
 * Starts a server that replays recordings by method and route, and ends with the test.
 *
 * Unless `next` says otherwise, it answers with the first success of the same method and route, preferably of the same
 * path. A route that was never recorded is unknown to it, as to an older server.
 */
export async function startReplaying(generation: Generation): Promise<ReplayingServer> {
  const recordings = sets[generation].flatMap((set) => readRecordings(set));
  const requests: ReplayedRequest[] = [];
  const queue: (Recording | Recording["response"])[] = [];

  function recording(id: string): Recording {
    const found = recordings.find((each) => each.id === id);
    if (found === undefined) throw new Error(`No recording of ${generation} has the id ${id}.`);
    return found;
  }

  function responseTo(request: ReplayedRequest): Recording["response"] {
    const queued = queue.shift();
    if (queued === undefined) return mostLike(request, recordings)?.response ?? unknownRoute(request);
    if (!("request" in queued)) return queued;
    if (routeOf(queued.request) === routeOf(request)) return queued.response;
    throw new Error(`${queued.id} does not answer ${request.method} ${request.path}.`);
  }

  const { url: siteUrl } = await serve((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const { pathname: path, searchParams } = new URL(incoming.url ?? "", siteUrl);
      const text = Buffer.concat(chunks).toString();
      const request = {
        method: incoming.method ?? "",
        path,
        query: Object.fromEntries(searchParams),
        token: incoming.headers.authorization?.replace(/^Bearer /, ""),
        body: text === "" ? undefined : JSON.parse(text),
      };
      requests.push(request);
      const { status, headers, body } = answerOf(() => responseTo(request));
      outgoing.writeHead(status, { "content-type": "application/json", ...headers });
      outgoing.end(JSON.stringify(body));
    });
  });
  return {
    siteUrl,
    requests,
    recording,
    next: (...ids) => void queue.push(...ids.map(recording)),
    nextResponse: (response) => void queue.push({ status: 200, headers: {}, body: {}, ...response }),
  };
}

/** A mistake of the test shows as an error of the call. */
function answerOf(respond: () => Recording["response"]): Recording["response"] {
  try {
    return respond();
  } catch (error) {
    return { status: 501, headers: {}, body: { statusCode: 501, error: "Replay", message: String(error) } };
  }
}

function mostLike(request: ReplayedRequest, recordings: readonly Recording[]): Recording | undefined {
  const ofRoute = recordings.filter((each) => routeOf(each.request) === routeOf(request));
  const successes = ofRoute.filter(({ response }) => response.status === 200);
  return successes.find((each) => each.request.path === request.path) ?? successes[0] ?? ofRoute[0];
}

/** How a server responds to a route that it does not have. */
function unknownRoute({ method, path }: ReplayedRequest): Recording["response"] {
  const message = `Route ${method}:${path} not found`;
  return { status: 404, headers: {}, body: { message, error: "Not Found", statusCode: 404 } };
}

/** The method and the path, without the names and ids in it. */
function routeOf({ method, path }: Pick<ReplayedRequest, "method" | "path">): string {
  const route = path
    .replace(/\/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22,}/g, "/:id")
    .replace(/(\/secrets\/raw|\/v4\/secrets|\/key-name)\/(?!batch$)[^/]+$/, "$1/:name")
    .replace(/(\/dynamic-secrets)\/(?!leases)[^/]+/, "$1/:name");
  return `${method} ${route}`;
}

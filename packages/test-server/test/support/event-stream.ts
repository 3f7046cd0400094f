import type { TestServer } from "../../src/index.ts";

/** An open event stream, as a client reads it. */
export interface OpenStream {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Reads until the text has arrived, and returns all that was sent since the last call. */
  until(text: string): Promise<string>;
  /** Reads to the end, and tells how it came. */
  end(): Promise<{ readonly rest: string; readonly isComplete: boolean }>;
  /** Disconnects. */
  leave(): Promise<void>;
}

/** What a client asks for. */
export interface Wanted {
  readonly token: string;
  readonly register?: readonly object[];
  readonly projectId?: string;
  readonly signal?: AbortSignal;
}

/** Everything that happens in the environment `dev`. */
export const everything: readonly object[] = ["create", "update", "delete", "import-mutation"].map(
  (name) => ({
    event: `secret:${name}`,
    conditions: { secretPath: "/**", environmentSlug: "dev" },
  }),
);

export const subscribePath = "/api/v1/events/subscribe/project-events";

/** All ways to a stream. */
export const streamConnections = [
  {
    name: "sockets",
    open: async (server: TestServer) => {
      const { siteUrl } = await server.listen();
      return (wanted: Wanted) => viaFetch(fetch, siteUrl, server, wanted);
    },
  },
  {
    name: "fetch",
    open: async (server: TestServer) => (wanted: Wanted) =>
      viaFetch(server.fetch, "https://app.infisical.com", server, wanted),
  },
  {
    name: "transport",
    open: async (server: TestServer) => async (wanted: Wanted) => {
      const { status, headers, body } = await server.transport.stream({
        ...requestOf(server, wanted),
        url: subscribePath,
      });
      return reading(status, headers, body[Symbol.asyncIterator]());
    },
  },
];

async function viaFetch(
  send: TestServer["fetch"],
  siteUrl: string,
  server: TestServer,
  wanted: Wanted,
): Promise<OpenStream> {
  const response = await send(siteUrl + subscribePath, requestOf(server, wanted));
  const pieces = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!pieces) throw new Error("The response has no body");
  return reading(response.status, Object.fromEntries(response.headers), {
    next: async () => {
      const { done, value } = await pieces.read();
      return done ? { done, value: undefined } : { done, value };
    },
    return: async () => {
      await pieces.cancel();
      return { done: true, value: undefined };
    },
  });
}

function requestOf(server: TestServer, { token, register = everything, projectId, signal }: Wanted) {
  return {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ projectId: projectId ?? server.projectId(), register }),
    ...(signal && { signal }),
  };
}

function reading(
  status: number,
  headers: Readonly<Record<string, string>>,
  pieces: AsyncIterator<string>,
): OpenStream {
  let received = "";
  const taken = (): string => {
    const text = received;
    received = "";
    return text;
  };
  return {
    status,
    headers,
    async until(text) {
      while (!received.includes(text)) {
        const { done, value } = await pieces.next();
        if (done) throw new Error(`The stream has ended without ${text}: ${received}`);
        received += value;
      }
      return taken();
    },
    async end() {
      try {
        for (let next = await pieces.next(); !next.done; next = await pieces.next()) received += next.value;
        return { rest: taken(), isComplete: true };
      } catch {
        return { rest: taken(), isComplete: false };
      }
    },
    async leave() {
      await pieces.return?.();
    },
  };
}

import { createTestServer, type TestServer, type TestServerOptions } from "../../src/index.ts";

/** The response of an API call. */
export interface ApiResponse {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read bodies whose shape they assert.
  readonly body: any;
  readonly headers: Headers;
}

export interface CallOptions {
  readonly query?: Record<string, string> | undefined;
  readonly body?: unknown;
  readonly token?: string | undefined;
  readonly headers?: Record<string, string> | undefined;
}

/** Calls the API of a server in process. */
export async function call(
  server: Pick<TestServer, "fetch">,
  method: string,
  path: string,
  { query = {}, body, token, headers = {} }: CallOptions = {},
): Promise<ApiResponse> {
  const search = new URLSearchParams(query).toString();
  const response = await server.fetch(`http://server.test${path}${search && `?${search}`}`, {
    method,
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text && JSON.parse(text), headers: response.headers };
}

/** Logs in as an identity and returns its access token. */
export async function login(server: TestServer, name = "admin"): Promise<string> {
  const identity = server.identities.find((candidate) => candidate.name === name);
  const { body } = await call(server, "POST", "/api/v1/auth/universal-auth/login", {
    body: { clientId: identity?.clientId, clientSecret: identity?.clientSecret },
  });
  return body.accessToken;
}

/** A server, its project's id, a token of its admin, and a function to call it. */
export async function startTest(options?: TestServerOptions): Promise<{
  server: TestServer;
  projectId: string;
  token: string;
  api: (method: string, path: string, options?: CallOptions) => Promise<ApiResponse>;
}> {
  const server = createTestServer(options);
  const token = await login(server);
  const projectId = server.projects[0]?.id ?? "";
  return {
    server,
    projectId,
    token,
    api: (method, path, callOptions) => call(server, method, path, { token, ...callOptions }),
  };
}

import { expect, test } from "vitest";
import { apiPath } from "../../src/authoring.ts";
import {
  type CallOptions,
  definePlugin,
  type HttpClient,
  InfisicalSDKError,
  type Plugin,
} from "../../src/index.ts";
import { pluginContract } from "../../src/testing/index.ts";
import { verdict } from "./verdict.ts";

interface Options extends CallOptions {
  projectId: string;
  noteId: string;
  text: string;
  labels: readonly string[];
}

interface Api {
  write(options: Options): Promise<unknown>;
}

type Write = Api["write"];

const secretText = "hunter2";

/** A plugin that keeps every promise, but for what the test changes in it. */
function notes(change: (right: Write, http: HttpClient) => Write = (right) => right): Plugin<"notes", Api> {
  return definePlugin("notes", ({ http }) => {
    const right: Write = async ({ projectId, noteId, text, labels, signal, timeout }) => {
      const path = apiPath`/api/v1/notes/${{ noteId }}`;
      const body = { projectId, text, labels };
      const reply = await http.request<{ note: unknown }>({
        method: "POST",
        path,
        query: { projectId },
        body,
        signal,
        timeout,
        expect: { note: "object" },
      });
      return reply.note;
    };
    return { write: change(right, http) };
  });
}

function judge(create: () => Plugin<string, Api>) {
  return verdict(
    pluginContract({
      create,
      calls: {
        write: {
          options: { projectId: "p-1", noteId: "n-1", text: secretText, labels: ["b", "a"] },
          call: (api, options) => api.write(options),
          response: { note: { id: "n-1" } },
          result: { id: "n-1" },
          secrets: [secretText],
        },
      },
    }),
  );
}

const judgeWrite = (change: (right: Write, http: HttpClient) => Write) => judge(() => notes(change));

test("a plugin that keeps every promise passes", async () => {
  expect(await judge(notes)).toEqual({});
});

test("has a name that no client can have", async () => {
  const complaints = await judge(() => ({ ...notes(), name: "auth" }));
  expect(complaints).toEqual({
    "a plugin has a name that a client can have": expect.stringContaining(
      "must not be a name that every client has",
    ),
  });
});

test("does I/O when it is set up", async () => {
  const withHttp = await judge(() =>
    definePlugin("notes", (context) => {
      context.http.request({ method: "GET", path: "/api/status" }).catch(() => undefined);
      return notes().setup(context);
    }),
  );
  expect(withHttp).toMatchObject({
    "setting a plugin up starts nothing and waits for nothing": "Setting the plugin up sends a request.",
  });
  const withFetch = await judge(() =>
    definePlugin("notes", (context) => {
      fetch("data:,x").catch(() => undefined);
      return notes().setup(context);
    }),
  );
  expect(withFetch).toEqual({
    "setting a plugin up starts nothing and waits for nothing":
      "Setting the plugin up starts a request by the global fetch.",
  });
});

test("holds a timer", async () => {
  const timers: ReturnType<typeof setTimeout>[] = [];
  const complaints = await judge(() =>
    definePlugin("notes", (context) => {
      timers.push(setInterval(() => undefined, 60_000));
      return notes().setup(context);
    }),
  );
  for (const timer of timers) clearInterval(timer);
  expect(complaints).toEqual({
    "setting a plugin up starts nothing and waits for nothing": "Setting the plugin up starts a timer.",
  });
});

test("is asynchronous to set up", async () => {
  const complaints = await judge(
    () => ({ name: "notes", setup: async (context: never) => notes().setup(context) }) as never,
  );
  expect(complaints).toMatchObject({
    "setting a plugin up starts nothing and waits for nothing": "Setting the plugin up returns a promise.",
  });
});

test("keeps the client that it was set up with first, for all the others", async () => {
  const complaints = await judge(() => {
    let shared: Api | undefined;
    return definePlugin("notes", (context) => {
      shared = notes().setup(context);
      return { write: (options: Options) => (shared as Api).write(options) };
    });
  });
  expect(complaints).toEqual({
    "each client has its own API, even if clients share a plugin":
      "A call of one client goes through another one.",
  });
});

test("keeps the client that it was set up with last, for all the others", async () => {
  const complaints = await judge(() => {
    let shared: Api;
    return definePlugin("notes", (context) => {
      shared = notes().setup(context);
      return { write: (options: Options) => shared.write(options) };
    });
  });
  expect(complaints).toEqual({
    "each client has its own API, even if clients share a plugin":
      "A call of one client goes through another one.",
  });
});

test("goes past its http client", async () => {
  const complaints = await judgeWrite(() => async () => ({ id: "n-1" }));
  expect(complaints).toMatchObject({
    "write sends one request, with the session's token":
      "The call sends nothing through the http client of its plugin.",
  });
});

test("sends more requests than one", async () => {
  const complaints = await judgeWrite((right) => async (options) => {
    await right(options);
    return right(options);
  });
  expect(complaints).toEqual({
    "write sends one request, with the session's token": "The call sends 2 requests.",
  });
});

test("ignores the signal", async () => {
  const complaints = await judgeWrite(
    (right) =>
      ({ signal: _, ...options }) =>
        right(options),
  );
  expect(complaints).toEqual({
    "write ends immediately when its signal aborts, with the signal's own reason":
      "The call does not end when its signal aborts. It is still waiting.",
  });
});

test("ignores the timeout", async () => {
  const complaints = await judgeWrite(
    (right) =>
      ({ timeout: _, ...options }) =>
        right(options),
  );
  expect(complaints).toEqual({
    "write ends when its timeout has passed":
      "The call does not end when its timeout has passed. It is still waiting.",
  });
});

test("mutates its options", async () => {
  const complaints = await judgeWrite((right) => (options) => {
    (options.labels as string[]).sort();
    return right(options);
  });
  expect(complaints).toEqual({
    "write does not change its options": "The call changes the options that it was given.",
  });
});

test("returns a wrong shape", async () => {
  const complaints = await judgeWrite((right) => async (options) => ({ note: await right(options) }));
  expect(complaints).toEqual({
    "write resolves to what the server sent":
      "The call resolves to something other than the expected result.",
  });
});

test("does not say what a response must have", async () => {
  const complaints = await judgeWrite((_, http) => async ({ noteId, signal, timeout, ...body }) => {
    const path = apiPath`/api/v1/notes/${{ noteId }}`;
    const query = { projectId: body.projectId };
    const request = { method: "POST", path, query, body, signal, timeout } as const;
    return (await http.request<{ note: unknown }>(request)).note;
  });
  expect(complaints).toEqual({
    "write rejects a response of another shape": "The call accepts the response {}. It succeeded.",
  });
});

test("lets a name leave its place in the path", async () => {
  const complaints = await judgeWrite((_, http) => async ({ noteId, signal, timeout, ...body }) => {
    const path = `/api/v1/notes/${noteId}`;
    const query = { projectId: body.projectId };
    const expect = { note: "object" } as const;
    const reply = await http.request<{ note: unknown }>({
      ...{ method: "POST", path, query, body, signal, timeout, expect },
    });
    return reply.note;
  });
  expect(complaints).toEqual({
    "write keeps names and ids in their place": 'With noteId "a/b" the request goes to /api/v1/notes/a/b.',
  });
});

test("tries a refused write again", async () => {
  const complaints = await judgeWrite(
    (right) => (options) =>
      right(options).catch((error) => {
        if (error.code !== "NOT_FOUND") throw error;
        return right(options);
      }),
  );
  expect(complaints).toEqual({
    "write is sent once when it is refused, and the refusal comes through": "A refused call is sent 2 times.",
  });
});

/** Changes the error of a call that the server has refused. */
function judgeError(change: (error: Error, options: Options) => Error) {
  return judgeWrite(
    (right) => (options) =>
      right(options).catch((error) => {
        throw error.statusCode >= 400 ? change(error, options) : error;
      }),
  );
}

test("hides the server's refusal behind its own error", async () => {
  const complaints = await judgeError(() => new InfisicalSDKError("no", { code: "BAD_REQUEST" }));
  expect(complaints).toEqual({
    "write is sent once when it is refused, and the refusal comes through":
      'A refused call rejects with "no" instead of NOT_FOUND.',
  });
});

test("leaks a value in its error", async () => {
  const complaints = await judgeError((error, options) => Object.assign(error, { options }));
  expect(complaints).toEqual({
    "write shows nothing secret when it is refused": "The error shows what must stay secret.",
  });
});

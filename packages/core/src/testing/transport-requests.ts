import { assert, type ContractCase } from "./contract-case.ts";
import type { TransportBench } from "./transport-bench.ts";
import type { SeenRequest } from "./transport-contract.ts";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

const json = { "content-type": "application/json" };

/** Does a request arrive unchanged, and with nothing added? */
export function requestCases(bench: TransportBench): readonly ContractCase[] {
  const mayOmit = (method: string): boolean => bench.options.lengths === "omitted" && method !== "GET";
  return [
    {
      name: "a request arrives byte for byte: method, path, query, headers and body",
      run: async () => {
        const id = bench.newId();
        // In the URL standard's own form, so that no platform has a reason to change them.
        const target = `/plain/${id}/a%2Fb/~c;d=e/%E2%82%AC?q=a+b%20c%26d&q=&list=1,2&list=%25&body=ok`;
        const body = '{"text":"Grüße, 世界 🌍","lines":"\\r\\n\\u0000"}\n';
        const headers = { ...json, authorization: "Bearer a.b-c_d", "x-text": 'a, "b"; c=d  e' };
        const request = bench.request({ scenario: "plain", id, method: "POST", headers, body });
        const url = `${bench.addresses.http}${target}`;
        await bench.settle(bench.create()({ ...request, url }), "A POST with a long query");
        const seen = onlyOne(await bench.seen(id));
        assert(seen.method === "POST", `The method arrives as ${seen.method}.`);
        assert(seen.target === target, `The path and query arrive as ${seen.target} instead of ${target}.`);
        assert(seen.body === body, `The body arrives as ${JSON.stringify(seen.body)}.`);
        for (const [name, value] of Object.entries(headers)) {
          const lines = linesOf(seen, name);
          assert(
            lines.length === 1 && lines[0] === value,
            `The header ${name} arrives as ${JSON.stringify(lines)}.`,
          );
        }
      },
    },
    {
      name: "every method arrives, with a body and without one",
      run: async () => {
        const bodies = [undefined, '{"a":"ü"}'];
        const all = methods.flatMap((method) => bodies.map((body) => ({ method, body })));
        for (const { method, body } of all) {
          if (method === "GET" && body !== undefined) continue;
          const id = bench.newId();
          await bench.respond({ scenario: "plain", id, method, body, headers: body ? json : {} });
          const seen = onlyOne(await bench.seen(id));
          assert(seen.method === method, `${method} arrives as ${seen.method}.`);
          assert(
            seen.body === (body ?? ""),
            `The body of ${method} arrives as ${JSON.stringify(seen.body)}.`,
          );
        }
      },
    },
    {
      name: "a body has its length in bytes, and a request without a body has none",
      run: async () => {
        for (const { method, body } of [{ method: "POST", body: "€🌍" }, ...methods.map(withoutBody)]) {
          const id = bench.newId();
          await bench.respond({ scenario: "plain", id, method, body });
          const seen = onlyOne(await bench.seen(id));
          const lengths = linesOf(seen, "content-length");
          const inChunks = linesOf(seen, "transfer-encoding").length > 0;
          assert(!inChunks || mayOmit(method), `${method} comes in chunks, without a length.`);
          if (inChunks) continue;
          const expected = body === undefined ? "0" : "7";
          const [length = body === undefined ? "0" : "none"] = lengths;
          assert(length === expected, `The length of ${method} is ${length} instead of ${expected}.`);
        }
      },
    },
    {
      name: "a large body arrives whole",
      run: async () => {
        const body = "0123456789ü€🌍".repeat(100_000);
        const response = await bench.respond({ scenario: "echo", method: "POST", body });
        assert(response.body === body, `Of ${body.length} characters ${response.body.length} come back.`);
      },
    },
    {
      name: "a request carries no cookies, and only the credentials that it was given",
      run: async () => {
        const transport = bench.create();
        const id = bench.newId();
        const header = ["Set-Cookie: session=1", 'WWW-Authenticate: Basic realm="r"'];
        await bench.respond({ scenario: "plain", id, transport, query: { header, status: 401 } });
        await bench.respond({ scenario: "plain", id, transport });
        const added = (await bench.seen(id))
          .flatMap(({ headers }) => headers.map(([name]) => name.toLowerCase()))
          .filter((name) => ["cookie", "authorization", "proxy-authorization", "referer"].includes(name));
        assert(added.length === 0, `The transport adds ${added.join(" and ")}.`);
      },
    },
    {
      name: "concurrent requests do not mix",
      run: async () => {
        const transport = bench.create();
        const bodies = Array.from({ length: 10 }, (_, index) => `body ${index}`);
        const responses = await Promise.all(
          bodies.map((body, index) =>
            // The last one comes first.
            bench.respond({
              scenario: "echo",
              transport,
              method: "POST",
              body,
              query: { delay: 50 - 5 * index },
            }),
          ),
        );
        const mixed = responses.find(({ body }, index) => body !== bodies[index]);
        assert(mixed === undefined, `A request gets the response of another one: ${mixed?.body}.`);
      },
    },
    {
      name: "the platform's globals do not change",
      run: async () => {
        const before = globals();
        await bench.respond({ scenario: "plain", method: "POST", body: "{}" });
        const after = globals();
        const changed = [...after.keys()].filter((name) => after.get(name) !== before.get(name));
        assert(changed.length === 0, `The transport changes the global ${changed.join(", ")}.`);
      },
    },
  ];
}

function withoutBody(method: string): { method: string; body: undefined } {
  return { method, body: undefined };
}

/** The values of a header. */
function linesOf({ headers }: SeenRequest, name: string): readonly string[] {
  return headers.flatMap(([key, value]) => (key.toLowerCase() === name ? [value] : []));
}

function onlyOne(seen: readonly SeenRequest[]): SeenRequest {
  const [first] = seen;
  assert(first !== undefined && seen.length === 1, `The request arrives ${seen.length} times.`);
  return first;
}

/** What a library may be tempted to replace. Reading every global would load some of them, or warn about them. */
function globals(): ReadonlyMap<string, unknown> {
  const tempting = ["fetch", "Headers", "Request", "Response", "AbortController", "AbortSignal", "URL"];
  const timers = ["setTimeout", "setInterval", "clearTimeout", "clearInterval", "queueMicrotask"];
  const names = Object.getOwnPropertyNames(globalThis).map((name) => [name, true] as const);
  return new Map<string, unknown>([
    ...names,
    ...[...tempting, ...timers, "Promise", "Error"].map(
      (name) => [name, Reflect.get(globalThis, name)] as const,
    ),
  ]);
}

import type { TransportResponse } from "@infisical/sdk";
import fc from "fast-check";

/** One change of a response. */
export type Mutation =
  | { readonly kind: "field"; readonly at: number; readonly by: unknown }
  | { readonly kind: "dropped"; readonly at: number }
  | { readonly kind: "cut"; readonly share: number }
  | { readonly kind: "body"; readonly body: string }
  | { readonly kind: "nested"; readonly depth: number; readonly status: number }
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "error"; readonly status: number; readonly fields: object }
  | { readonly kind: "headers"; readonly headers: Readonly<Record<string, string>> };

const others: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, "", "text", 0, -1, 1e300, true, false, [], {}, [null], [{}], [[]], {
    a: {},
  }),
  fc.constantFrom<unknown>("undefined", "NaN", "__proto__", "2026-13-45T99:99:99Z", "-1"),
  fc.jsonValue({ maxDepth: 3 }),
);

const status = fc.oneof(
  fc.constantFrom(
    100,
    199,
    200,
    201,
    202,
    204,
    206,
    226,
    299,
    300,
    301,
    304,
    307,
    399,
    400,
    401,
    402,
    403,
    404,
  ),
  fc.constantFrom(
    407,
    408,
    409,
    413,
    418,
    421,
    422,
    425,
    429,
    451,
    499,
    500,
    501,
    502,
    503,
    504,
    520,
    599,
    600,
  ),
  fc.integer({ min: 0, max: 1100 }),
);

const bodies = [
  ...[
    "",
    " ",
    "null",
    "true",
    "0",
    '"text"',
    "[]",
    "{}",
    "[null]",
    "{",
    "\ufeff{}",
    "<html><h1>502</h1></html>",
  ],
  ...['{"__proto__":{"secrets":[]}}', '{"constructor":null}', "undefined", "NaN", "\0", '{"a":1}{"b":2}'],
  ...['{"approval":{}}', '{"approval":{"id":5,"committer":{"x":[null]}}}', '{"approval":[[]]}'],
  ...[
    '{"message":null}',
    '{"statusCode":"x","message":{},"error":[]}',
    '{"reqId":{},"message":[null,1,{"path":5}]}',
  ],
];

const errorFields = fc.record(
  {
    statusCode: others,
    message: fc.oneof(
      others,
      fc.string(),
      fc.array(fc.record({ path: others, message: others, code: others })),
    ),
    error: fc.oneof(others, fc.constantFrom("TokenError", "ValidationFailure", "RateLimitExceeded")),
    details: others,
    reqId: others,
  },
  { requiredKeys: [] },
);

const headers = fc.dictionary(
  fc.constantFrom(
    "content-type",
    "retry-after",
    "date",
    "age",
    "etag",
    "location",
    "server",
    "set-cookie",
    "x-a",
  ),
  fc.oneof(
    fc.string(),
    fc.constantFrom("-5", "1,2", "Infinity", "NaN", "1e400", "Thu, 99 Foo 2026 99:99:99 GMT", ""),
  ),
);

/** A change of a response. */
export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant("field" as const), at: fc.nat(2000), by: others }), weight: 6 },
  { arbitrary: fc.record({ kind: fc.constant("dropped" as const), at: fc.nat(2000) }), weight: 3 },
  {
    arbitrary: fc.record({
      kind: fc.constant("cut" as const),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    weight: 1,
  },
  {
    arbitrary: fc.record({ kind: fc.constant("body" as const), body: fc.constantFrom(...bodies) }),
    weight: 1,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant("nested" as const),
      depth: fc.constantFrom(10, 1000, 20_000),
      status: fc.constantFrom(200, 400, 403, 500),
    }),
    weight: 1,
  },
  { arbitrary: fc.record({ kind: fc.constant("status" as const), status }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant("error" as const), status, fields: errorFields }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant("headers" as const), headers }), weight: 1 },
);

/** The changed response. */
export function mutated(response: TransportResponse, change: Mutation): TransportResponse {
  switch (change.kind) {
    case "field":
      return { ...response, body: withField(response.body, change.at, () => change.by) };
    case "dropped":
      return { ...response, body: withField(response.body, change.at, () => undefined) };
    case "cut":
      return { ...response, body: response.body.slice(0, response.body.length * change.share) };
    case "body":
      return { ...response, body: change.body };
    case "nested": {
      const [open, close] = ['{"conditions":['.repeat(change.depth), "]}".repeat(change.depth)];
      const body = `{"statusCode":${change.status},"error":"E","message":"no","details":${open}${close}}`;
      return { ...response, status: change.status, body };
    }
    case "status":
      return { ...response, status: change.status };
    case "error":
      return { ...response, status: change.status, body: JSON.stringify(change.fields) };
    case "headers":
      return { ...response, headers: { ...response.headers, ...change.headers } };
  }
}

/** The JSON with one field of it, however deep, replaced; or left out. What is not JSON, or too deep, stays. */
function withField(body: string, at: number, by: () => unknown): string {
  try {
    const json: unknown = JSON.parse(body);
    const places = [...placesOf(json)];
    const [holder, name] = places[at % Math.max(places.length, 1)] ?? [{}, ""];
    const value = by();
    if (value !== undefined) holder[name] = value;
    else if (Array.isArray(holder)) holder.splice(Number(name), 1);
    else delete holder[name];
    return JSON.stringify(json);
  } catch {
    return body;
  }
}

function* placesOf(value: unknown): Generator<[Record<string, unknown>, string]> {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    yield [value as Record<string, unknown>, name];
    yield* placesOf(inner);
  }
}

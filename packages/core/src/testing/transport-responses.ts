import { assert, type ContractCase } from "./contract-case.ts";
import type { TransportBench } from "./transport-bench.ts";

const errors = [400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504];

const redirects = [301, 302, 303, 307, 308];

/** Does a response arrive as the server sent it, whatever its status? */
export function responseCases(bench: TransportBench): readonly ContractCase[] {
  return [
    {
      name: "a response arrives whole: status, headers and body",
      run: async () => {
        const body = '{"text":"Grüße, 世界 🌍"}\r\n';
        const header = ['X-Text: a, b; c="d"', "Content-Type: application/json"];
        const response = await bench.respond({ scenario: "plain", query: { status: 201, header, body } });
        assert(response.status === 201, `The status is ${response.status} instead of 201.`);
        assert(response.body === body, `The body is ${JSON.stringify(response.body)}.`);
        assert(Object.values(response.headers).every(isText), "A header's value is not a string.");
        // Header names in lower case are another case's subject.
        const values = Object.values(response.headers);
        assert(values.includes('a, b; c="d"') && values.includes("application/json"), "A header is missing.");
      },
    },
    {
      name: "header names arrive in lower case",
      run: async () => {
        const header = ["X-UPPER: 1", "Retry-After: 2", "etag: 3"];
        const { headers } = await bench.respond({ scenario: "plain", query: { header } });
        for (const name of ["x-upper", "retry-after", "etag"])
          assert(headers[name] !== undefined, `The header ${name} is missing.`);
        const wrong = Object.keys(headers).filter((name) => name !== name.toLowerCase());
        assert(wrong.length === 0, `The names ${wrong.join(", ")} are not in lower case.`);
      },
    },
    {
      name: "the values of a repeated header are joined by a comma and a space",
      run: async () => {
        const header = ["X-Twice: a, b", "Other: 1", "x-twice: c", "Set-Cookie: d=1", "Set-Cookie: e=2"];
        const { headers } = await bench.respond({ scenario: "plain", query: { header } });
        const [, twice] = Object.entries(headers).find(([name]) => name.toLowerCase() === "x-twice") ?? [];
        assert(twice === "a, b, c", `A repeated header is ${JSON.stringify(twice)}.`);
        // Browsers hide this one, and `fetch` does not join it.
        const cookie: unknown = headers["set-cookie"] ?? "";
        assert(isText(cookie), `The header set-cookie is ${JSON.stringify(cookie)}, not a string.`);
      },
    },
    {
      name: "no status is a failure",
      run: async () => {
        for (const expected of errors) {
          const query = { status: expected, body: "why", header: ["WWW-Authenticate: Bearer"] };
          const { status, body } = await bench.respond({ scenario: "plain", query });
          assert(status === expected, `The status ${expected} comes as ${status}.`);
          assert(
            body === "why",
            `The body of a response with status ${expected} is ${JSON.stringify(body)}.`,
          );
        }
      },
    },
    ...redirects.map((status) => redirectCase(bench, status)),
    {
      name: "interim responses are ignored",
      run: async () => {
        const query = { interim: ["103", "102", "103"], body: "final" };
        const { status, headers, body } = await bench.respond({ scenario: "plain", query });
        assert(status === 200 && body === "final", `The response is ${status} with the body "${body}".`);
        assert(headers["x-interim"] === undefined, "An interim response's header appears in the final one.");
      },
    },
    {
      name: "an unexpected 100 is ignored",
      run: async () => {
        const query = { interim: "100", body: "final" };
        const sending = { scenario: "plain", method: "POST", body: "{}", query };
        if (bench.options.unexpectedContinue === "refused") {
          const { sent } = await bench.fail(sending);
          return assert(sent, "The error says that the request was not sent.");
        }
        const { status, body } = await bench.respond(sending);
        assert(status === 200 && body === "final", `The response is ${status} with the body "${body}".`);
      },
    },
    {
      name: "204 and 304 are responses with an empty body",
      run: async () => {
        const transport = bench.create();
        const length = ["ETag: x", "Content-Length: 5"];
        for (const { status: expected, header } of [
          { status: 204, header: [] },
          { status: 304, header: ["ETag: x"] },
          // A 304 describes the body that it does not send.
          { status: 304, header: length },
          { status: 304, header: [...length, "Content-Encoding: gzip"] },
        ]) {
          // With its own condition, browsers do not answer the request from their cache.
          const headers = { "if-none-match": "x" };
          const query = { status: expected, header };
          const { status, body } = await bench.respond({ scenario: "plain", transport, headers, query });
          assert(status === expected, `The status ${expected} comes as ${status}.`);
          assert(body === "", `The body of a ${expected} is ${JSON.stringify(body)}.`);
        }
        const { status } = await bench.respond({ scenario: "plain", transport });
        assert(status === 200, `The next response has the status ${status}.`);
      },
    },
    {
      name: "a response that arrives before the body was read is accepted",
      run: async () => {
        const body = "x".repeat(100_000);
        const { status } = await bench.respond({ scenario: "early", method: "POST", body });
        assert(status === 413, `The status is ${status} instead of 413.`);
      },
    },
  ];
}

function redirectCase(bench: TransportBench, status: number): ContractCase {
  return {
    name: `a redirect with status ${status} is a response, and is not followed`,
    run: async () => {
      const target = bench.newId();
      const location = `${bench.addresses.http}/plain/${target}`;
      for (const { method, body } of [
        { method: "GET", body: undefined },
        { method: "POST", body: "{}" },
      ]) {
        const query = { status, header: [`Location: ${location}`] };
        const response = await bench.respond({ scenario: "plain", method, body, query });
        const shown = { status: response.status, location: response.headers["location"] };
        assert((await bench.seen(target)).length === 0, `The redirect of ${method} is followed.`);
        if (bench.options.redirects === "hidden") {
          assert(shown.status === 0 || shown.status === status, `The status is ${shown.status}.`);
        } else {
          assert(shown.status === status, `The status is ${shown.status} instead of ${status}.`);
          assert(shown.location === location, `The header location is ${shown.location}.`);
        }
      }
    },
  };
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

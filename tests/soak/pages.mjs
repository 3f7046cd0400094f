/** @typedef {import("./faults.mjs").Fault} Fault */

/** Statuses of a gateway that another attempt might not meet. */
const passing = [502, 503, 504, 520, 521, 522, 523, 524, 527, 529, 530];

/** Statuses of a gateway that say nothing about what Infisical would have said, and stay. */
const lasting = [401, 403, 404, 407, 451, 525, 526, 528];

const portal =
  '<!doctype html><html><head><meta http-equiv="refresh" content="0; url=https://portal.example/login"></head></html>';

/**
 * @param {number} status
 * @param {Readonly<Record<string, string>>} [headers]
 */
function html(status, headers) {
  return {
    status,
    headers: { "content-type": "text/html", server: "nginx/1.25.3", ...headers },
    body: `<html><head><title>${status}</title></head><body><center><h1>${status}</h1></center></body></html>`,
  };
}

/**
 * The beginning of an answer of Infisical's, as JSON that something on the way has cut.
 *
 * @param {number} status
 * @param {string} body
 */
function half(status, body) {
  return { status, headers: { "content-type": "application/json; charset=utf-8" }, body };
}

/**
 * Pages that another attempt would meet again.
 *
 * @type {readonly Fault[]}
 */
export const lastingPages = lasting.map((status) => ({
  name: `page with ${status}`,
  failure: html(status),
  isPage: true,
  read: "GATEWAY_ERROR",
}));

/**
 * What answers instead of Infisical.
 *
 * @type {readonly [Fault, ...Fault[]]}
 */
export const pages = [
  { name: "captive portal", failure: { ...html(200), body: portal }, isPage: true, read: "GATEWAY_ERROR" },
  ...passing.map(
    (status) =>
      /** @type {const} */ ({
        name: `page with ${status}`,
        failure: html(status),
        isPage: true,
        passes: true,
      }),
  ),
  ...lastingPages,
  {
    name: "page with 500 and retry-after",
    failure: html(500, { "retry-after": "0.02" }),
    isPage: true,
    passes: true,
  },
  {
    name: "empty 500 with retry-after",
    failure: { status: 500, headers: { "retry-after": "0.02" }, body: "" },
    isPage: true,
    passes: true,
  },
  {
    name: "page with 503 and a date",
    failure: html(503, { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" }),
    isPage: true,
    passes: true,
  },
  {
    name: "page with 429",
    failure: html(429, { "retry-after": "0.02" }),
    isPage: true,
    passes: true,
  },
  {
    name: "half JSON with 200",
    failure: half(200, '{"secret":{"id":"8b5c7d2e","secretKey":"'),
    isPage: true,
    passes: true,
  },
  {
    name: "half JSON with 403",
    failure: half(403, '{"reqId":"req-1","statusCode":403,"error":"TokenError","mess'),
    isPage: true,
    passes: true,
  },
  {
    name: "half JSON with 404",
    failure: half(404, '{"reqId":"req-1","statusCode":404,"error":"NotFound","mess'),
    isPage: true,
    passes: true,
  },
];

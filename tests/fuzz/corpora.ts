import fc from "fast-check";

/** Whole seconds and dates that a client must understand, and what they mean in seconds. */
export const understood: readonly (readonly [string, number])[] = [
  ["0", 0],
  ["1", 1],
  ["120", 120],
  ["86400", 86_400],
  [" 5 ", 5],
  ["0.5", 0.5],
  ["Thu, 26 Nov 2026 12:00:30 GMT", 30],
  ["Thu, 26 Nov 2026 11:00:00 GMT", 0],
  ["Thursday, 26-Nov-26 12:00:30 GMT", 30],
];

/** What means nothing. */
export const meaningless = [
  ...["", "-1", "-5", "-0", "+1", "1,2", "1.5.5", "1e3", "0x10", "Infinity", "NaN", "soon", "null", "1/2"],
  ...[
    "5 seconds",
    "Thu",
    "Thu, 99 Foo 2026 99:99:99 GMT",
    "[object Object]",
    "\u00e9",
    "1;2",
    "12:30",
    "Nov 27",
  ],
];

const others: Readonly<Record<string, readonly string[]>> = {
  Date: ["Thu, 26 Nov 2026 12:00:00 GMT", "never", "", "0", "Thu, 01 Jan 1970 00:00:00 GMT", "-1"],
  Age: ["0", "-1", "x"],
  "Content-Type": [
    "application/json",
    "text/html; charset=x-unknown",
    "",
    "a/b; charset=",
    ";;;",
    "application/json, text/html",
  ],
  "Content-Encoding": ["identity", "gzip", "br", "zstd", "unknown", "gzip, gzip", "", "deflate"],
  "Transfer-Encoding": ["chunked", "identity", "gzip, chunked"],
  "Content-Length": ["0", "2", "100000", "-1", "x", "1, 2", "9999999999999999999"],
  "Set-Cookie": ["a=b", "", "\u00ff=\u00ff", `${"x".repeat(5000)}=1`],
  Server: ["Infisical", "", "\u00e9\u00ff", "x".repeat(10_000)],
  Location: [
    "/",
    "//evil.example",
    "http://",
    "http://[",
    "javascript:alert(1)",
    "http://u:p@h:99999/",
    "\u00ff",
    "",
  ],
  Connection: ["close", "keep-alive", "upgrade", ""],
  Etag: ['"a"', "W/", ""],
  "X-Empty": [""],
  "Bad Name": ["1"],
};

const header = fc
  .constantFrom(...Object.keys(others))
  .chain((name) => fc.constantFrom(...(others[name] as string[])).map((value) => `${name}: ${value}`));

const status = fc.constantFrom(
  ...[
    "200 OK",
    "200",
    "201 \u00e9",
    "204 None",
    "206 x",
    "304 Not Modified",
    "302 Found",
    "400 Bad",
    "401 x",
    "403 x",
  ],
  ...[
    "404 Not Found",
    "407 Proxy",
    "421 x",
    "425 x",
    "429 Slow",
    "500 x",
    "502 x",
    "503 x",
    "504 x",
    "520 x",
    "599 x",
  ],
  ...["999 x", "099 x", "0 x", "x", "20 x", "100 Continue", "101 Switching"],
);

const body = fc.constantFrom(
  ...[
    '{"folders":[]}',
    "{}",
    "",
    "null",
    "{",
    "<html>",
    "\u0000",
    "\u00ff\u00fe",
    "\u001f\u008b\u0008broken",
    "x".repeat(70_000),
  ],
  ...[
    '{"statusCode":429,"message":"Rate limit exceeded","error":"RateLimitExceeded"}',
    "2\r\n{}\r\n0\r\n\r\n",
    "zz\r\n",
  ],
  ...['{"statusCode":503,"message":"Try again in 3 seconds","error":"x"}', "\u00ef\u00bb\u00bf{}"],
);

/** A response as it goes over the wire, right or wrong in any way. */
export const rawResponse: fc.Arbitrary<string> = fc.oneof(
  {
    arbitrary: fc
      .tuple(fc.constantFrom("HTTP/1.1", "HTTP/1.0"), status, fc.array(header, { maxLength: 4 }), body)
      .map(([version, line, headers, content]) =>
        [`${version} ${line}`, ...headers, "", content].join("\r\n"),
      ),
    weight: 10,
  },
  {
    arbitrary: fc.constantFrom(
      "",
      "\r\n\r\n",
      "HTTP/1.1",
      "HTTP/2 200\r\n\r\n",
      "SSH-2.0-x\r\n",
      "\u0016\u0003\u0001",
      "{}",
    ),
    weight: 1,
  },
);

import { assert, type ContractCase } from "./contract-case.ts";
import { bytesOf, head, type TransportBench } from "./transport-bench.ts";

const mebibyte = 1024 * 1024;

const encodings = ["gzip", "deflate", "br"];

/** Does a body arrive whole, however it was sent, and never larger than allowed? */
export function bodyCases(bench: TransportBench): readonly ContractCase[] {
  return [
    {
      name: "a chunked body arrives whole, and trailers do no harm",
      run: async () => {
        const bytes = [
          // Or the transport may use the connection again, just before the server ends it.
          head("200 OK", "Connection: close", "Transfer-Encoding: chunked", "Trailer: X-Sum"),
          "5\r\nhello\r\n7;note=1\r\n, world\r\n",
          "0\r\nX-Sum: 12\r\n\r\n",
        ];
        const { body } = await bench.respond({ scenario: "wire", query: { bytes, ending: "close" } });
        assert(body === "hello, world", `The body is ${JSON.stringify(body)}.`);
      },
    },
    {
      name: "a body that ends with its connection arrives whole",
      run: async () => {
        const bytes = [head("200 OK", "Connection: close"), "hello, ", "world"];
        const { body } = await bench.respond({ scenario: "wire", query: { bytes, ending: "close" } });
        assert(body === "hello, world", `The body is ${JSON.stringify(body)}.`);
      },
    },
    {
      name: "a character whose bytes arrive separately stays whole",
      run: async () => {
        const text = "ü€🌍";
        const start = head("200 OK", "Connection: close", "Content-Type: text/plain; charset=utf-8");
        const bytes = [start, ...bytesOf(text)];
        const { body } = await bench.respond({ scenario: "wire", query: { bytes, ending: "close" } });
        assert(body === text, `The body is ${JSON.stringify(body)} instead of ${JSON.stringify(text)}.`);
      },
    },
    ...encodings.map(
      (encoding): ContractCase => ({
        name: `a body arrives decompressed if the request accepts ${encoding}`,
        run: async () => {
          const text = "Grüße, 世界 🌍".repeat(50);
          const { body } = await bench.respond({
            scenario: "encoded",
            query: { encoding, text, ending: "close" },
          });
          assert(body === text, `The body is ${JSON.stringify(body.slice(0, 20))} and so on.`);
        },
      }),
    ),
    ...(bench.options.damagedBodies === "noticed" ? [damageCase(bench)] : []),
    ...(bench.options.limitsSize ? sizeCases(bench) : []),
  ];
}

function damageCase(bench: TransportBench): ContractCase {
  return {
    name: "a compressed body that is damaged is a failure",
    run: async () => {
      const query = { encoding: "gzip", text: "hello", ending: "damage" };
      const { sent } = await bench.fail({ scenario: "encoded", query });
      assert(sent, "The error says that the request was not sent.");
    },
  };
}

function sizeCases(bench: TransportBench): readonly ContractCase[] {
  const zeros = (size: number, encoding = "identity", ending = "close") => ({
    ...{ scenario: "encoded", query: { zeros: size, encoding, ending } },
  });
  const refuses = async (sending: ReturnType<typeof zeros>, maxResponseSize: number): Promise<void> => {
    const { code, sent } = await bench.fail({ ...sending, transport: bench.create({ maxResponseSize }) });
    assert(code === "RESPONSE_TOO_LARGE", `The code is ${code} instead of RESPONSE_TOO_LARGE.`);
    assert(sent, "The error says that the request was not sent.");
  };
  return [
    {
      name: "a body of exactly maxResponseSize is accepted, compressed or not",
      run: async () => {
        for (const encoding of ["identity", ...encodings]) {
          const transport = bench.create({ maxResponseSize: mebibyte });
          const { body } = await bench.respond({ ...zeros(mebibyte, encoding), transport });
          assert(body.length === mebibyte, `The body has ${body.length} bytes.`);
        }
      },
    },
    {
      name: "a body larger than maxResponseSize is RESPONSE_TOO_LARGE",
      run: async () => {
        await refuses(zeros(mebibyte + 1), mebibyte);
        await refuses({ scenario: "plain", query: { body: "12345" } as never }, 4);
      },
    },
    {
      name: "maxResponseSize counts bytes, not characters",
      run: async () => {
        const text = "€".repeat(400);
        await refuses({ scenario: "plain", query: { body: text } as never }, 1000);
        const transport = bench.create({ maxResponseSize: 1200 });
        const { body } = await bench.respond({ scenario: "plain", query: { body: text }, transport });
        assert(body === text, "A body of exactly maxResponseSize does not arrive whole.");
      },
    },
    {
      name: "reading ends at maxResponseSize, however much would follow",
      run: async () => {
        // The server sends more than maxResponseSize and then falls silent, so that the body never ends.
        await refuses(zeros(mebibyte + 1, "identity", "stall"), mebibyte);
        for (const encoding of encodings) await refuses(zeros(100 * mebibyte, encoding, "stall"), mebibyte);
      },
    },
    {
      name: "a transport has its maxResponseSize as a property",
      run: async () => {
        const { maxResponseSize } = bench.create({ maxResponseSize: 128 * mebibyte });
        assert(maxResponseSize === 128 * mebibyte, `Its maxResponseSize is ${maxResponseSize}.`);
      },
    },
  ];
}

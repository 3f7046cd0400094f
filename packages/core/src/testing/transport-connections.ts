import type { Transport } from "../contracts/transport.ts";
import { assert, type ContractCase } from "./contract-case.ts";
import { head, pause, type Sending, type TransportBench } from "./transport-bench.ts";

const writes = ["POST", "PUT", "PATCH", "DELETE"];

/** Ends of an exchange after which a library may be tempted to send the request once more. */
const tempting: readonly Pick<Sending, "scenario" | "query">[] = [
  { scenario: "drop", query: { after: "headers", ending: "reset" } },
  { scenario: "drop", query: { after: "body", ending: "close" } },
  { scenario: "drop", query: { after: "body", ending: "reset" } },
  { scenario: "wire", query: { bytes: "HTTP/1.1 200 OK\r\n", ending: "close" } },
  { scenario: "wire", query: { bytes: [head("200 OK", "Content-Length: 9"), "half"], ending: "close" } },
];

/** Statuses that ask to repeat a request, and why. */
const temptingStatuses = [
  { why: "later", statuses: [429, 503] },
  { why: "after a time limit of the server", statuses: [408, 425] },
  { why: "with credentials", statuses: [401, 407] },
  // The fetch standard has platforms do it by themselves.
  { why: "over another connection", statuses: [421] },
];

/** Is a write sent once, whatever happens to its connection? */
export function connectionCases(bench: TransportBench): readonly ContractCase[] {
  return [
    ...["a new", "a reused"].flatMap((connection) =>
      writes.map(
        (method): ContractCase => ({
          name: `${method} is sent once when ${connection} connection breaks`,
          run: async () => {
            for (const { scenario, query } of tempting)
              for (const body of [undefined, "{}"]) {
                const transport = bench.create();
                if (connection === "a reused") await bench.respond({ scenario: "plain", transport });
                const id = bench.newId();
                const { sent } = await bench.fail({ scenario, query, id, method, body, transport });
                await isSeenOnce(bench, id);
                assert(sent, "The error says that the request was not sent.");
              }
          },
        }),
      ),
    ),
    ...temptingStatuses.map(
      ({ why, statuses }): ContractCase => ({
        name: `a write is sent once when the response asks to repeat it ${why}`,
        run: async () => {
          const sendings = statuses.flatMap((status) => writes.map((method) => ({ status, method })));
          for (const { status, method } of sendings)
            for (const body of [undefined, "{}"]) {
              const transport = bench.create();
              await bench.respond({ scenario: "plain", transport });
              const id = bench.newId();
              const query = { status, header: ["Retry-After: 0"] };
              const sending = { scenario: "plain", id, query, method, body, transport };
              // The outcome is the subject of other cases.
              await bench.settle(
                bench.start(sending).catch(() => undefined),
                `${method} with a status of ${status}`,
              );
              await isSeenOnce(bench, id);
            }
        },
      }),
    ),
    ...(bench.options.reads === "once" ? [readCase(bench)] : []),
    ...["close", "reset"].map(
      (ending): ContractCase => ({
        name: `connections that the server closes while they are idle (${ending}) do no harm to the next requests`,
        run: async () => {
          const transport = bench.create();
          for (const method of ["GET", "POST"]) {
            const before = bench.newId();
            await together(bench, transport, { id: before, method: "GET" });
            await hangUp(bench, transport, { id: before, ending, odds: 1 });
            const after = bench.newId();
            await together(bench, transport, { id: after, method });
            const { length } = await bench.seen(after);
            assert(length === lanes, `Of ${lanes} requests ${length} arrive.`);
          }
        },
      }),
    ),
    {
      name: "1,000 writes arrive once each while the server closes idle connections at random",
      run: async () => {
        const transport = bench.create();
        const id = bench.newId();
        /*
         * No client can know that a connection is being closed while it writes to it: such a write may be lost, and
         * must not be repeated. So the writes go out in rounds. Between two rounds the server closes some of the
         * connections, and the client has time to notice, which is all it has to do.
         */
        for (let round = 0; round < 1000 / lanes; round += 1) {
          await together(bench, transport, { id, method: "POST", round });
          await hangUp(bench, transport, { id, ending: round % 2 ? "close" : "reset", odds: 0.5 });
        }
        const counts = new Map<string, number>();
        for (const { body } of await bench.seen(id)) counts.set(body, (counts.get(body) ?? 0) + 1);
        assert(counts.size === 1000, `Of 1000 writes ${counts.size} arrive.`);
        const twice = [...counts.values()].filter((count) => count > 1);
        assert(twice.length === 0, `${twice.length} writes arrive more than once.`);
      },
    },
  ];
}

function readCase(bench: TransportBench): ContractCase {
  return {
    name: "a read that fails is sent once: repeating is the client's task",
    run: async () => {
      for (const { scenario, query } of tempting) {
        const id = bench.newId();
        await bench.fail({ scenario, query, id });
        await isSeenOnce(bench, id);
      }
    },
  };
}

const lanes = 20;

/** Sends concurrent requests, each on its own connection, unless the transport has fewer. */
async function together(
  bench: TransportBench,
  transport: Transport,
  { id, method, round = 0 }: { id: string; method: string; round?: number },
): Promise<void> {
  const requests = Array.from({ length: lanes }, (_, lane) => {
    const body = method === "GET" ? undefined : `${round}-${lane}`;
    return bench.respond({ scenario: "plain", id, method, body, transport });
  });
  await Promise.all(requests);
}

/** Has the server close idle connections, and waits until the client can have noticed. */
async function hangUp(
  bench: TransportBench,
  transport: Transport,
  { id, ending, odds }: { id: string; ending: string; odds: number },
): Promise<void> {
  await bench.respond({ scenario: "hang-up", id, query: { ending, odds }, transport });
  // The connections end before the response leaves. Several turns, since a busy one may use up the whole time.
  for (let turn = 0; turn < 4; turn += 1) await pause(3);
}

async function isSeenOnce(bench: TransportBench, id: string): Promise<void> {
  const { length } = await bench.seen(id);
  assert(length === 1, `The request is sent ${length} times.`);
}

/** Does the transport talk to the right server, and to no other? */
export function tlsCases(bench: TransportBench): readonly ContractCase[] {
  const { ca, https, httpsUntrusted, httpsExpired, httpsWrongHost } = bench.addresses;
  const { trusts, certificates } = bench.options;
  // Trusting the authority makes sure that each certificate is refused for its own reason.
  const transport = () => bench.create(trusts ? { ca } : {});
  const exchange: ContractCase = {
    name: "a valid certificate is accepted",
    run: async () => {
      const sending = { scenario: "echo", origin: https, method: "POST", body: "hello" };
      const { body } = await bench.respond({ ...sending, transport: transport() });
      assert(body === "hello", `The body is ${JSON.stringify(body)}.`);
    },
  };
  const refusals = [
    { what: "that nobody has signed", origin: httpsUntrusted },
    { what: "that has expired", origin: httpsExpired },
    { what: "of another host", origin: httpsWrongHost },
  ].map(
    ({ what, origin }): ContractCase => ({
      name: `a certificate ${what} is a failure, and nothing was sent`,
      run: async () => {
        const id = bench.newId();
        const sending = { scenario: "plain", id, origin, method: "POST", body: "{}" };
        const { sent } = await bench.fail({ ...sending, transport: transport() });
        assert((await bench.seen(id)).length === 0, "The request arrives at a server that is not trusted.");
        assert(!sent || certificates === "unknown", "The error says that the request may have been sent.");
      },
    }),
  );
  return trusts ? [exchange, ...refusals] : refusals;
}

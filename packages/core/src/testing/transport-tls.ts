import { assert } from "./assert.ts";
import type { ContractCase } from "./contract-case.ts";
import type { TransportBench } from "./transport-bench.ts";

/** Does the transport talk to whom it should, and to nobody else? */
export function tlsCases(bench: TransportBench): readonly ContractCase[] {
  const { ca, https, httpsUntrusted, httpsExpired, httpsWrongHost } = bench.addresses;
  const { trusts, certificates } = bench.options;
  // Trusting the authority makes sure that each certificate is refused for its own reason.
  const transport = () => bench.create(trusts ? { ca } : {});
  const exchange: ContractCase = {
    name: "a certificate that is right is taken",
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

import { MovableClock, type TestClock } from "../clock.js";
import type { Failure, FailureHandle, FailureMatch } from "../faults/failure.js";
import type { LoggedRequest } from "../request-log.js";
import { Responder } from "../responder.js";
import type { ListenOptions } from "../test-server.js";
import { SocketServer } from "../transport/socket-server.js";
import { MetadataService } from "./metadata-service.js";
import type { TestInstanceMetadata, TestInstanceMetadataOptions } from "./test-instance-metadata.js";

/**
 * Creates the metadata service of a simulated EC2 instance, for tests. It opens no port until told to.
 *
 * @param options - What the instance says of itself.
 *
 * @example
 * import { createTestInstanceMetadata } from "@infisical/test-server";
 *
 * const metadata = createTestInstanceMetadata({ region: "eu-west-1" });
 * const { endpoint } = await metadata.listen();
 * process.env["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = endpoint;
 */
export function createTestInstanceMetadata(options: TestInstanceMetadataOptions = {}): TestInstanceMetadata {
  return new InstanceMetadata(options);
}

class InstanceMetadata implements TestInstanceMetadata {
  readonly clock: TestClock;
  readonly #responder: Responder;
  readonly #sockets: SocketServer;

  constructor({ region = "us-east-1", accountId = "123456789012", clock }: TestInstanceMetadataOptions) {
    this.clock = new MovableClock(clock);
    const service = new MetadataService({ region, accountId, clock: this.clock });
    this.#responder = new Responder({
      clock: this.clock,
      answer: async (call) => service.answer(call),
      requestId: () => "req-instance-metadata",
    });
    this.#sockets = new SocketServer(this.#responder);
  }

  get requests(): readonly LoggedRequest[] {
    return this.#responder.log.entries;
  }

  async listen(options: ListenOptions = {}): Promise<{ endpoint: string }> {
    return { endpoint: await this.#sockets.listen(options) };
  }

  close(): Promise<void> {
    return this.#sockets.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  fail(match: FailureMatch, failure: Failure): FailureHandle {
    return this.#responder.faults.add(match, failure);
  }
}

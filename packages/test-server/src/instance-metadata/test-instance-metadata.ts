import type { TestClock, TestClockOptions } from "../clock.ts";
import type { Failure, FailureHandle, FailureMatch } from "../faults/failure.ts";
import type { LoggedRequest } from "../request-log.ts";
import type { ListenOptions } from "../test-server.ts";

/** The properties of a simulated EC2 instance. */
export interface TestInstanceMetadataOptions {
  /**
   * The region it runs in.
   *
   * @defaultValue "us-east-1"
   */
  readonly region?: string | undefined;
  /**
   * The account it belongs to.
   *
   * @defaultValue "123456789012"
   */
  readonly accountId?: string | undefined;
  /**
   * The clock by which session tokens expire.
   *
   * @defaultValue the clock runs with real time
   */
  readonly clock?: TestClockOptions | undefined;
}

/** The metadata service of a simulated EC2 instance (IMDSv2): session tokens, the region, the identity document. */
export interface TestInstanceMetadata {
  /** The clock by which session tokens expire. */
  readonly clock: TestClock;
  /** The requests it received, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /**
   * Opens a port.
   *
   * @param options - Where to listen; by default any free port of the loopback interface.
   * @returns The address, for the variable `AWS_EC2_METADATA_SERVICE_ENDPOINT`.
   * @throws Error when the port is taken or the service is already listening.
   */
  listen(options?: ListenOptions): Promise<{
    /** The address. */
    endpoint: string;
  }>;
  /** Closes the port and ends every connection. It can be called any number of times. */
  close(): Promise<void>;
  /** Does the same as `close`, at the end of a block with `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
  /**
   * Makes requests fail, as the test server's `fail` does.
   *
   * @param match - Which requests fail, and how many; `{}` is the next one.
   * @param failure - What happens to them.
   */
  fail(match: FailureMatch, failure: Failure): FailureHandle;
}

import { type CloseOptions, isInfisicalError } from "@infisical/core";
import { withinTime } from "@infisical/core/authoring";
import { Logger } from "@nestjs/common";
import type { CheckedModuleOptions, InfisicalClient } from "./options.ts";

/** Closes the client of a module when the application shuts down. Nest calls the hook of every provider that has it. */
export class ClientShutdown {
  readonly #name: string;
  #close: (() => Promise<void>) | undefined;

  /** @param name - The client's name, for the log. */
  constructor(name: string | undefined) {
    this.#name = name === undefined ? "The client" : `The client ${JSON.stringify(name)}`;
  }

  /** Notes what is to be closed. A client that a test has put in its place is not. */
  closes(client: InfisicalClient, options: CheckedModuleOptions): void {
    const { close } = client as { close?(options: CloseOptions): Promise<void> };
    if (options.keepOpen || typeof close !== "function") return;
    const { revokeToken, shutdownTimeout } = options;
    let closing: Promise<void> | undefined;
    this.#close = () => {
      closing ??= withinTime(shutdownTimeout, "Closing it", undefined, async () =>
        close.call(client, { revokeToken }),
      );
      return closing;
    };
  }

  /**
   * Ends the leases in use, and revokes the token if asked. By now, Nest has closed its server, and answered all requests.
   *
   * It never rejects, so that the rest of the application shuts down whatever happens.
   */
  async onApplicationShutdown(): Promise<void> {
    try {
      await this.#close?.();
    } catch (error) {
      // The message of another error might contain anything.
      const reason = isInfisicalError(error) ? `${error.code}: ${error.message}` : "an unknown error.";
      new Logger("InfisicalModule").warn(`${this.#name} could not be closed: ${reason}`);
    }
  }
}

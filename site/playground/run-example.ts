import frame from "./frame.html?raw";
import { type FromWorker, readMessage, type ToWorker } from "./messages.ts";
import { placeholders, textsOf, workerText } from "./module-texts.ts";
import { notLoaded } from "./not-loaded.ts";

/** An example that runs, and how to end it. */
export interface ExampleRun {
  /** Ends it at once, whatever it does. */
  stop(): void;
}

/**
 * Runs an example in a worker of a frame that can reach neither the page nor the network.
 *
 * @param code - TypeScript.
 * @param listener - Is told what the example does.
 */
export function runExample(code: string, listener: (message: FromWorker) => void): ExampleRun {
  const element = document.createElement("iframe");
  const { port1: port, port2 } = new MessageChannel();
  const sent = new Set<string>();
  const tell = (message: ToWorker): void => port.postMessage(message);
  const fail = (): void => {
    if (element.isConnected) listener({ kind: "stopped", text: notLoaded("The example") });
  };

  port.onmessage = ({ data }) => {
    const message = readMessage(data);
    if (message === undefined) return;
    if (message.kind !== "need") return listener(message);
    const { name } = message;
    textsOf(name, sent).then((files) => tell({ kind: "files", name, ...files }), fail);
  };

  element.setAttribute("sandbox", "allow-scripts");
  element.srcdoc = frame.replaceAll("NONCE", nonce());
  element.hidden = true;
  element.title = "Runs an example";
  element.onload = () => {
    workerText().then((program) => {
      // The frame has an origin of its own, which has no name.
      element.contentWindow?.postMessage(program, "*", [port2]);
      tell({ kind: "start", code, placeholders });
    }, fail);
  };
  document.body.append(element);

  return {
    stop: () => {
      port.close();
      element.remove();
    },
  };
}

function nonce(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16)).join("");
}

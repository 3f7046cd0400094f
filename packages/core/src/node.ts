export { nodeTransport } from "./transports/node.ts";
export type { NodeAgent, NodeTransportOptions } from "./transports/node-options.ts";

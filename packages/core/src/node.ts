export type { NodeAgent, NodeTransportOptions } from "./transports/node.ts";
export { nodeTransport } from "./transports/node.ts";

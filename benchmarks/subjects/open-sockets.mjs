import { subscribe } from "node:diagnostics_channel";

let open = 0;
let most = 0;

// Those of node:net, which node:http and fetch open theirs with; TLS ones do not show up here.
// Not by process.getActiveResourcesInfo(), which leaves out the idle ones: they keep no process alive.
subscribe("net.client.socket", (message) => {
  const { socket } = /** @type {{ socket: import("node:net").Socket }} */ (message);
  open += 1;
  most = Math.max(most, open);
  socket.once("close", () => {
    open -= 1;
  });
});

/**
 * How many TCP sockets to servers this process had open at once since it was last asked, idle ones included.
 *
 * @returns {number}
 */
export function mostOpenSockets() {
  const answer = most;
  most = open;
  return answer;
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** A Redis server for one test. */
export interface RedisServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts a Redis without persistence; `undefined` if the machine has no `redis-server`. */
export async function startRedis(): Promise<RedisServer | undefined> {
  const port = await freePort();
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const child = spawn("redis-server", options, { stdio: "ignore" });
  const failed = once(child, "error");
  if (child.pid === undefined) {
    await failed;
    return undefined;
  }
  await answers(port, child);
  return {
    port,
    async stop() {
      child.kill();
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}

/** Sends commands to Redis on one connection and returns the response to the last one. */
export async function redisSays(port: number, ...commands: readonly string[]): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    let answer = "";
    for (const command of commands) {
      const words = command.split(" ");
      socket.write(
        `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`,
      );
      const [chunk] = (await once(socket, "data")) as [Buffer];
      answer = chunk.toString().trim();
    }
    return answer;
  } finally {
    socket.destroy();
  }
}

async function answers(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const said = await redisSays(port, "PING").catch(() => "");
    if (said === "+PONG") return;
    await wait(50);
  }
  throw new Error(`redis-server ended with code ${child.exitCode}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

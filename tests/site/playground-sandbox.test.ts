import { expect, test } from "vitest";
import { serve } from "../kit/raw-server.ts";
import { finish, printedBy, runnable, runText, show } from "./playground.ts";

const [block = { file: "", line: 0 }] = runnable;

test("an example can send nothing, whatever it tries", async (context) => {
  const received: string[] = [];
  const { url } = await serve((request, response) => {
    received.push(request.url ?? "");
    response.writeHead(200, { "access-control-allow-origin": "*", "content-type": "text/javascript" }).end();
  });
  const shown = await show(context, block);
  // Somebody listens there, and the page itself may ask.
  await shown.page.evaluate(`fetch("${url}/by-the-page").then(() => undefined)`);
  expect(received).toEqual(["/by-the-page"]);

  await runText(
    shown,
    `const settled = (start) => new Promise((resolve) => {
       try { start(resolve); } catch { resolve("refused"); }
     });
     const inWorker = "fetch('${url}/worker').then(() => postMessage('sent'), () => postMessage('refused'))";
     const nested = (address) => settled((done) => {
       const worker = new Worker(address);
       worker.onmessage = ({ data }) => done(data);
       worker.onerror = () => done("refused");
     });
     const listened = (target, event) => settled((done) => {
       target.addEventListener("error", () => done("refused"));
       target.addEventListener(event, () => done("sent"));
     });
     const request = new XMLHttpRequest();
     const sent = listened(request, "load");
     request.open("GET", "${url}/xhr");
     request.send();
     const refused = () => "refused";
     console.log(await Promise.all([
       sent,
       nested("data:text/javascript," + encodeURIComponent(inWorker)),
       nested("${url}/script-of-worker"),
       listened(new EventSource("${url}/events"), "open"),
       listened(new WebSocket("${url.replace("http", "ws")}/socket"), "open"),
       Promise.resolve().then(() => importScripts("${url}/script")).catch(refused),
       new FontFace("a", "url(${url}/font)").load().catch(refused),
     ]).then((all) => all.join()));`,
  );
  await finish(shown.output);
  expect(await printedBy(shown.output, "line")).toEqual([Array(7).fill("refused").join()]);
  expect(received).toEqual(["/by-the-page"]);
});

test("an example reaches neither the page nor what the site has stored", async (context) => {
  const shown = await show(context, block);
  await shown.page.evaluate(`document.cookie = "session=1"; localStorage.setItem("draft", "1");
    globalThis.heard = []; new BroadcastChannel("all").onmessage = ({ data }) => heard.push(data);`);
  await runText(
    shown,
    `const refusal = (start) => new Promise((resolve) => resolve(start())).then(() => "open", ({ name }) => name);
     console.log([typeof document, typeof parent, typeof localStorage, typeof cookieStore, self.origin].join());
     console.log(await refusal(() => new Promise((resolve, reject) => {
       const opening = indexedDB.open("a");
       opening.onsuccess = resolve;
       opening.onerror = () => reject(opening.error);
     })));
     console.log(await refusal(() => caches.open("a")));
     new BroadcastChannel("all").postMessage("from the example");
     postMessage({ kind: "line", text: "<img src=x onerror='heard.push(1)'>" });
     postMessage({ kind: "anything", text: "else" });
     postMessage(null);`,
  );
  await finish(shown.output);
  expect(await printedBy(shown.output, "line")).toEqual([
    "undefined,undefined,undefined,undefined,null",
    "SecurityError",
    "SecurityError",
    "<img src=x onerror='heard.push(1)'>",
  ]);
  expect(await shown.output.locator("img").count()).toBe(0);
  expect(await shown.page.evaluate("heard")).toEqual([]);
});

test("a loop without end leaves the page usable and ends with Stop", async (context) => {
  const shown = await show(context, block);
  const { page, example, output } = shown;
  await runText(shown, `console.log("begins"); for (;;) {}`);
  await output.getByText("begins").waitFor();
  expect(await page.evaluate("1 + 1")).toBe(2);
  await example.getByRole("button", { name: "Stop" }).click();
  await output.getByText("Stopped.").waitFor();
  await expect.poll(() => page.workers().length).toBe(0);

  await example.getByRole("button", { name: "Reset" }).click();
  await example.getByRole("button", { name: "Run" }).click();
  await finish(output);
  expect(await printedBy(output, "error")).toEqual([]);
});

test("a loop without end is ended after ten seconds", async (context) => {
  const shown = await show(context, block);
  await shown.page.clock.install({ time: 0 });
  await shown.page.clock.pauseAt(1000);
  await runText(shown, `console.log("begins"); for (;;) {}`);
  await shown.output.getByText("begins").waitFor();
  await shown.page.clock.fastForward(9_000);
  expect(await shown.output.getByText("Stopped").count()).toBe(0);
  await shown.page.clock.fastForward(1_000);
  await shown.output.getByText("Stopped after 10 seconds.").waitFor();
  await expect.poll(() => shown.page.workers().length).toBe(0);
});

test("an example that prints without end is ended", async (context) => {
  const shown = await show(context, block);
  await runText(shown, `for (;;) console.log("again");`);
  await shown.output.getByText("Stopped, since it printed too much.").waitFor();
  await expect.poll(() => shown.page.workers().length).toBe(0);
  expect(await shown.page.evaluate("1 + 1")).toBe(2);
});

test("an example that sends without end by names of modules is ended", async (context) => {
  const shown = await show(context, block);
  await runText(shown, `postMessage({ kind: "need", name: "a".repeat(200_001) });`);
  await shown.output.getByText("Stopped, since it printed too much.").waitFor();
  await expect.poll(() => shown.page.workers().length).toBe(0);
});

test("of what an example sends, only strings reach the page", async (context) => {
  const shown = await show(context, block);
  await shown.page.evaluate(`globalThis.heard = [];
    globalThis.MessageChannel = class extends MessageChannel {
      constructor() {
        super();
        this.port1.addEventListener("message", ({ data }) => heard.push(data));
      }
    };`);
  await runText(
    shown,
    `postMessage({ kind: "line", text: "a", name: 1, more: new Uint8Array(8) });
     postMessage({ kind: "line", text: ["b"] });
     postMessage(null);`,
  );
  await finish(shown.output);
  const heard = await shown.page.evaluate("heard");
  expect(heard).toContainEqual({ kind: "line", text: "a" });
  expect(heard).toContainEqual({ kind: "line" });
  expect(heard).toContainEqual({});
  expect(await printedBy(shown.output, "line")).toEqual(["a"]);
});

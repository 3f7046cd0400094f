import clock from "./page/clock.js?raw";
import elements from "./page/elements.js?raw";
import failures from "./page/failures.js?raw";
import icon from "./page/icon.svg?raw";
import keyedRows from "./page/keyed-rows.js?raw";
import leases from "./page/leases.js?raw";
import style from "./page/page.css?raw";
import html from "./page/page.html?raw";
import script from "./page/page.js?raw";
import requests from "./page/requests.js?raw";
import secrets from "./page/secrets.js?raw";
import server from "./page/server.js?raw";
import times from "./page/times.js?raw";
import tokens from "./page/tokens.js?raw";

/** A file of the page. */
export interface PageFile {
  readonly type: string;
  readonly body: string;
}

const javascript = (body: string): PageFile => ({ type: "text/javascript; charset=utf-8", body });

/** What the page loads, by path. */
export const pageFiles: ReadonlyMap<string, PageFile> = new Map([
  ["/", { type: "text/html; charset=utf-8", body: html }],
  ["/_ui/page.css", { type: "text/css; charset=utf-8", body: style }],
  ["/_ui/icon.svg", { type: "image/svg+xml", body: icon }],
  ["/_ui/page.js", javascript(script)],
  ["/_ui/clock.js", javascript(clock)],
  ["/_ui/elements.js", javascript(elements)],
  ["/_ui/failures.js", javascript(failures)],
  ["/_ui/keyed-rows.js", javascript(keyedRows)],
  ["/_ui/leases.js", javascript(leases)],
  ["/_ui/requests.js", javascript(requests)],
  ["/_ui/secrets.js", javascript(secrets)],
  ["/_ui/server.js", javascript(server)],
  ["/_ui/times.js", javascript(times)],
  ["/_ui/tokens.js", javascript(tokens)],
]);

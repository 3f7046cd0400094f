import { clock } from "./clock.js";
import { find, write } from "./elements.js";
import { failureList } from "./failures.js";
import { leaseList } from "./leases.js";
import { showRequests } from "./requests.js";
import { secretList } from "./secrets.js";
import { messageOf, readState } from "./server.js";
import { tokenList } from "./tokens.js";

/** How often the page asks what is new, in milliseconds. */
const interval = 1000;

/** @type {import("./secrets.js").Place} */
let wanted = { project: "", environment: "", path: "/" };
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let latest = 0;

const parts = [
  clock(refresh),
  secretList((place) => {
    wanted = place;
    refresh();
  }),
  showRequests,
  failureList(refresh),
  tokenList(refresh),
  leaseList(refresh),
];

/** Asks for the state and shows it, unless a later question has been asked in the meantime. */
async function show() {
  latest += 1;
  const number = latest;
  clearTimeout(timer);
  try {
    const state = await readState({ ...wanted });
    if (number !== latest) return;
    for (const part of parts) part(state);
    if (state.place) {
      const { projectId: project, environment, path } = state.place;
      wanted = { project, environment, path };
    }
    write(find("outage", HTMLElement), "");
  } catch (error) {
    if (number !== latest) return;
    write(find("outage", HTMLElement), `The server does not answer: ${messageOf(error)}`);
  }
  if (!document.hidden) timer = setTimeout(refresh, interval);
}

function refresh() {
  void show();
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) refresh();
});
write(find("site-url", HTMLElement), location.origin);
refresh();

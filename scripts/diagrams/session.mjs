import { ladder } from "./ladder.mjs";

/** The life of a session: `core/src/session/identity.ts`. */
export const session = ladder("The life of a session", [
  { left: "No token", right: "A client that was only created sends nothing.", down: "the first call" },
  {
    left: "One login, for all calls that wait",
    right: "A refusal is remembered for 10 s, from the second one on for 40 s: calls fail at once.",
    across: "fails",
    down: "succeeds",
  },
  {
    left: "A token in use",
    right: "A refusal (401, or 403 with TokenError) brings another token, and the call is sent once more.",
    across: "401",
    down: "at most 30 s, or a tenth of its life, before its end",
  },
  {
    left: "The next call starts a refresh, and uses the old token",
    right:
      "It renews if that brings another full life. Otherwise it logs in again. Then the new token is in use.",
    down: "the token has ended",
  },
  {
    left: "Calls wait for the refresh",
    right: "One refresh serves all of them. Nothing runs by a timer: an idle process sends nothing.",
  },
]);

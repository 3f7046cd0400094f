import { LeakHunt } from "./leak-hunt.ts";

/** The hunt of this process. It forgets everything after each test, so test files can share it. */
export const hunt = new LeakHunt();

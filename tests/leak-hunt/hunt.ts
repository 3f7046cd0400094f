import { LeakHunt } from "./leak-hunt.ts";

/** The hunt of this test file; vitest gives each file modules of its own. */
export const hunt = new LeakHunt();

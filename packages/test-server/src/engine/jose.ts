/** Loads `jose` when it is needed: the pages of Jest cannot load it. The only place that does, which tsup.config.ts relies on. */
export const loadJose = () => import("jose");

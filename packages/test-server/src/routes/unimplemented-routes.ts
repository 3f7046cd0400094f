import type { Routes } from "../http/routes.ts";
import { notImplemented } from "../http/unimplemented.ts";

/** Routes that would otherwise match as a secret of that name. */
export function registerUnimplemented(routes: Routes): void {
  for (const path of ["/api/v4/secrets/move", "/api/v4/secrets/duplicate"]) {
    routes.public("POST", path, ({ call }) => {
      throw notImplemented(call);
    });
  }
}

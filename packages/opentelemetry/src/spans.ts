import type { Around, Beginning, ClientEvent } from "@infisical/core";
import {
  type Attributes,
  context,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import {
  authResult,
  defined,
  loginOperation,
  outcomeAttributes,
  ownerAttributes,
  seconds,
  targetAttributes,
} from "./attributes.ts";
import type { ObservedState } from "./observed-state.ts";
import { quietly } from "./quietly.ts";
import { spanEventOf } from "./span-events.ts";

const kinds = { client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const;

/** Runs every call and every login in a span, which is active meanwhile. */
export function spansAround(tracer: Tracer, kindName: "client" | "internal", state: ObservedState): Around {
  const kind = kinds[kindName];
  return (began, run) => {
    const operation = began.type === "call-started" ? began.operation : loginOperation(began.kind);
    const span = quietly(() => {
      const attributes = Object.assign({ "infisical.operation": operation }, state.server);
      return tracer.startSpan(`infisical ${operation}`, { kind, attributes });
    });
    if (!span) return run();
    // A span that nobody samples is active nevertheless: the spans in it must know that they are not sampled either.
    const listener = quietly(() => span.isRecording()) ? recorder(span, began, state) : undefined;
    quietly(() => context.with(trace.setSpan(context.active(), span), () => run(listener)));
    // A context that fails must not cost the span its end. What runs already is not started again.
    return run(listener);
  };
}

/** Writes what happens during a call or a login on its span, and ends it. */
function recorder(span: Span, began: Beginning, state: ObservedState): (event: ClientEvent) => void {
  quietly(() => span.setAttributes(beginningAttributes(began)));
  let isEnded = false;
  return (event) => {
    // A cache goes on with a call that has ended, to fetch what comes next.
    if (isEnded) return;
    if (event.type !== "call-ended" && event.type !== "login-ended") {
      quietly(() => addEvent(span, event));
      return;
    }
    isEnded = true;
    quietly(() => {
      span.setAttributes(endAttributes(event, state));
      if (event.outcome === "failed") span.setStatus({ code: SpanStatusCode.ERROR });
    });
    quietly(() => span.end());
  };
}

function beginningAttributes(began: Beginning): Attributes {
  if (began.type === "call-started") return targetAttributes(began.target);
  return { "infisical.identity.auth_method": began.strategy };
}

function endAttributes(
  event: Extract<ClientEvent, { readonly type: "call-ended" | "login-ended" }>,
  { identity }: ObservedState,
): Attributes {
  if (event.type === "login-ended") {
    return { ...outcomeAttributes(event), ...ownerAttributes(event), ...authResult(event.outcome) };
  }
  const { attempts, waited } = event;
  return defined({
    ...outcomeAttributes(event),
    ...identity,
    "http.request.resend_count": attempts > 1 ? attempts - 1 : undefined,
    "infisical.wait.duration": waited > 0 ? seconds(waited) : undefined,
  });
}

/** Adds what happened on the way. */
function addEvent(span: Span, event: ClientEvent): void {
  const found = spanEventOf(event);
  if (!found) return;
  span.addEvent(found.name, defined(found.attributes));
  if (found.ofSpan) span.setAttributes(found.ofSpan);
}

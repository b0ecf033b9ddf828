/** Changes one place of a JSON value, for tests that take a good one and spoil it. */
import type { JsonObject, JsonValue } from '../../src/domain/json-value.ts';

/** A copy with `value` at the path, such as `action.buttons[1].reply.title`; `undefined` removes what stands there. */
export function withAt(source: JsonObject, path: string, value: JsonValue | undefined): JsonObject {
  const copy: JsonObject = structuredClone(source);
  const steps = path.split(/[.[\]]+/).filter((step) => step !== '');
  const last = steps.pop();
  if (last === undefined) throw new Error('a path has at least one step');
  let holder: unknown = copy;
  for (const step of steps) holder = Reflect.get(Object(holder), step);
  if (typeof holder !== 'object' || holder === null) throw new Error(`nothing holds ${path}`);
  if (value !== undefined) Reflect.set(holder, last, value);
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else Reflect.deleteProperty(holder, last);
  return copy;
}

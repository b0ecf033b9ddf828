/** The templates the emulated account has, by code and language; they may be changed while it runs. */
import { describeIssue, firstIssue } from './schema-issue.ts';
import { type TemplateChange, type WireTemplate, wireTemplateSchema } from './wire-template.ts';

export interface StoredTemplate {
  readonly wire: WireTemplate;
  /** Every name inside `$(…)`, wherever one may stand. */
  readonly variables: ReadonlySet<string>;
}

/** A caller names a template by its code or by its name. */
export interface TemplateName {
  readonly code: string;
  readonly name: string;
}

export type ChangeResult =
  | { readonly kind: 'changed'; readonly template: WireTemplate }
  /** The change is not of the right form; or there is no such variant yet, and it does not name every field. */
  | { readonly kind: 'refused'; readonly reason: string };

export class TemplateStore {
  #variants: StoredTemplate[] = [];

  constructor(templates: readonly WireTemplate[]) {
    for (const template of templates) this.put(template);
  }

  /** In the order in which they were registered. */
  all(): readonly WireTemplate[] {
    return this.#variants.map(({ wire }) => wire);
  }

  find(named: TemplateName, language: string): StoredTemplate | undefined {
    return this.#variants.find(({ wire }) => isNamed(wire, named) && wire.Language === language);
  }

  /** Whether the template exists in any language. */
  has(named: TemplateName): boolean {
    return this.#variants.some(({ wire }) => isNamed(wire, named));
  }

  /** Changes the named fields of a variant, or registers a new one, for which every field is needed. */
  change(change: TemplateChange): ChangeResult {
    const existing = this.find({ code: change.TemplateCode, name: '' }, change.Language);
    const whole = wireTemplateSchema.safeParse({ ...existing?.wire, ...change });
    if (!whole.success) return { kind: 'refused', reason: describeIssue(firstIssue(whole.error)) };
    this.put(whole.data);
    return { kind: 'changed', template: whole.data };
  }

  /** The code of the template with this name, in whatever language. */
  codeOf(name: string): string | undefined {
    return this.#variants.find(({ wire }) => wire.Name === name)?.wire.TemplateCode;
  }

  /** Takes one variant away, or with null all of the template; answers how many that were. */
  remove(named: TemplateName, language: string | null): number {
    const kept = this.#variants.filter(
      ({ wire }) => !isNamed(wire, named) || (language !== null && wire.Language !== language),
    );
    const removed = this.#variants.length - kept.length;
    this.#variants = kept;
    return removed;
  }

  /** Registers a variant, in the place of one with the same code and language. */
  put(wire: WireTemplate): void {
    const stored = { wire, variables: variablesIn(wire.Components) };
    const place = this.#variants.findIndex(
      (known) => known.wire.TemplateCode === wire.TemplateCode && known.wire.Language === wire.Language,
    );
    if (place === -1) this.#variants.push(stored);
    else this.#variants[place] = stored;
  }
}

function isNamed(wire: WireTemplate, { code, name }: TemplateName): boolean {
  return code === '' ? wire.Name === name : wire.TemplateCode === code;
}

/** Variables can stand in any text of a component; labels and footers never have one, so nothing needs leaving out. */
export function variablesIn(part: unknown): ReadonlySet<string> {
  if (typeof part === 'string') return new Set([...part.matchAll(/\$\(([^()\s]+)\)/g)].map(([, name = '']) => name));
  if (typeof part !== 'object' || part === null) return new Set();
  return new Set(Object.values(part).flatMap((value) => [...variablesIn(value)]));
}

/** The text with its variables filled; a variable without a value stays as it is. */
export function fillText(text: string, params: Readonly<Record<string, string>>): string {
  return text.replace(/\$\(([^()\s]+)\)/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? (params[name] ?? whole) : whole,
  );
}

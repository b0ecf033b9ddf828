/** The templates of the account at the service: listed page by page, written, changed and deleted. */
import { z } from 'zod';
import { ownValue } from '../../../domain/own-value.ts';
import type {
  ReviewState,
  TemplateDirectory,
  TemplateFilter,
  TemplateListing,
  WrittenTemplate,
} from '../../../domain/template-directory.ts';
import type { TemplateDraft } from '../../../domain/template-draft.ts';
import type { Answer } from '../alibaba-cloud/answer.ts';
import { ServiceRefusedError, ServiceUnreachableError } from '../alibaba-cloud/errors.ts';
import { refusalError } from '../alibaba-cloud/refusal-error.ts';
import type { CamsLookUpOptions, Change, LookUps } from './look-ups.ts';
import { spaceFields } from './space.ts';
import { draftFields } from './wire-draft.ts';

/** The page names 10 as the usual size and no largest one; a smaller page than asked for does no harm. */
const pageSize = 50;

/** A draft may name a space of its own. */
export function createCamsTemplateDirectory({
  lookUps,
  credentials,
  custSpaceId,
}: CamsLookUpOptions): TemplateDirectory {
  const space = spaceFields(custSpaceId);

  async function write(operation: Change, named: Readonly<Record<string, string>>, draft: TemplateDraft) {
    await credentials.getCredentials();
    const answer = await lookUps.change(operation, { body: { ...space, ...named, ...draftFields(draft) } });
    return writtenTemplate(taken(answer, `template "${draft.name}" in "${draft.language}"`), draft);
  }

  return {
    async *list(filter) {
      await credentials.getCredentials();
      yield* listed(lookUps, filter, space);
    },
    create(draft) {
      const { allowCategoryChange: allowed, name: Name } = draft;
      return write(
        'CreateChatappTemplate',
        { Name, ...(allowed !== null && { AllowCategoryChange: String(allowed) }) },
        draft,
      );
    },
    modify: (code, draft) => write('ModifyChatappTemplate', { TemplateCode: code }, draft),
    async delete(code, language) {
      await credentials.getCredentials();
      const variant = language === null ? {} : { Language: language, TemplateType: 'WHATSAPP' };
      const query = { TemplateCode: code, ...variant, ...space };
      taken(await lookUps.change('DeleteChatappTemplate', { query }), `template "${code}"`);
    },
  };
}

const optionalText = z
  .string()
  .nullish()
  .transform((value) => value || null);

const pageSchema = z.looseObject({
  Total: z.number().nullish(),
  ListTemplate: z
    .array(
      z.looseObject({
        TemplateCode: z.string(),
        TemplateName: optionalText,
        Language: z.string(),
        AuditStatus: optionalText,
        Category: optionalText,
        Reason: optionalText,
        TemplateType: optionalText,
      }),
    )
    .nullish(),
});

type ListedTemplate = NonNullable<z.output<typeof pageSchema>['ListTemplate']>[number];

/** Pages until all of the total is there, or a page is empty: templates may go away in between. */
async function* listed(
  lookUps: LookUps,
  filter: TemplateFilter,
  space: Readonly<Record<string, string>>,
): AsyncGenerator<TemplateListing> {
  const fields = { ...filterFields(filter), ...space };
  for (let index = 1, seen = 0; ; index += 1) {
    const answer = await lookUps.ask('ListChatappTemplate', {
      ...fields,
      Page: JSON.stringify({ Index: index, Size: pageSize }),
    });
    const { Total, ListTemplate } = readPage(answer);
    const page = ListTemplate ?? [];
    seen += page.length;
    for (const template of page.map(listingOf)) if (fits(template, filter)) yield template;
    if (page.length === 0 || seen >= (Total ?? 0)) return;
  }
}

const auditStatuses = {
  approved: 'pass',
  refused: 'fail',
  reviewing: 'auditing',
  unreviewed: 'unaudit',
} as const satisfies Record<Exclude<ReviewState, 'other'>, string>;

function filterFields({ review, type, language, name, category, code }: TemplateFilter): Record<string, string> {
  return {
    ...(review !== undefined && { AuditStatus: auditStatuses[review] }),
    ...(type !== undefined && { TemplateType: type }),
    ...(language !== undefined && { Language: language }),
    ...(name !== undefined && { Name: name }),
    ...(category !== undefined && { Category: category }),
    ...(code !== undefined && { Code: code }),
  };
}

/** The last two filters are newer than the rest: a service that does not know them answers as if they were not there. */
function fits({ category, code }: TemplateListing, filter: TemplateFilter): boolean {
  return (
    (filter.category === undefined || filter.category === category) &&
    (filter.code === undefined || filter.code === code)
  );
}

function listingOf(template: ListedTemplate): TemplateListing {
  const { TemplateCode, TemplateName, Language, AuditStatus, Category, Reason, TemplateType } = template;
  return {
    code: TemplateCode,
    name: TemplateName ?? TemplateCode,
    language: Language,
    review: ownValue(reviewStates, AuditStatus ?? '') ?? 'other',
    statusWord: AuditStatus ?? '',
    category: Category,
    type: TemplateType,
    reason: Reason,
  };
}

const reviewStates: Readonly<Record<string, ReviewState>> = {
  pass: 'approved',
  fail: 'refused',
  auditing: 'reviewing',
  unaudit: 'unreviewed',
};

function readPage(answer: Answer): z.output<typeof pageSchema> {
  if (answer.kind === 'rejected') throw refusalError('cams', answer);
  if (answer.kind !== 'ok') {
    throw new ServiceUnreachableError(`no answer about the templates: ${answer.code}: ${answer.reason}`, {
      hint: 'check the connection and try again; nothing was changed',
    });
  }
  const page = pageSchema.safeParse(answer.body);
  if (page.success) return page.data;
  throw new ServiceRefusedError('the service listed the templates in a way sendoff cannot read', {
    hint: `unexpected value at ${page.error.issues[0]?.path.join('.') ?? 'ListTemplate'}; a newer version of sendoff may help`,
  });
}

/** The body of an answer to a change that was made; throws otherwise. */
function taken(answer: Answer, subject: string): Readonly<Record<string, unknown>> {
  switch (answer.kind) {
    case 'ok':
      return answer.body;
    case 'rejected':
      throw refusalError('cams', answer);
    case 'unknown':
      throw new ServiceUnreachableError(`no answer about ${subject}: ${answer.code}: ${answer.reason}`, {
        hint: 'it may have been changed all the same: look with sendoff templates list before trying again',
      });
    default:
      throw new ServiceUnreachableError(`no answer about ${subject}: ${answer.code}: ${answer.reason}`, {
        hint: 'check the connection and try again; nothing was changed',
      });
  }
}

const writtenSchema = z.object({
  Data: z.object({ TemplateCode: z.string().min(1), TemplateName: optionalText }),
});

function writtenTemplate(body: Readonly<Record<string, unknown>>, { name }: TemplateDraft): WrittenTemplate {
  const written = writtenSchema.safeParse(body);
  if (written.success) {
    const { TemplateCode, TemplateName } = written.data.Data;
    return { code: TemplateCode, name: TemplateName ?? name };
  }
  throw new ServiceRefusedError(`the service took "${name}" and did not say under which code`, {
    hint: `look it up: sendoff templates list --name ${name}`,
  });
}

/** The work of `sms templates list`, `show` and `sample`. */
import { findSmsTemplate, type SmsTemplate } from '../../campaign/sms-find.ts';
import { collect } from '../../domain/collect.ts';
import { ownValue } from '../../domain/own-value.ts';
import { renderText } from '../../domain/render-message.ts';
import { sampleListOf } from '../../domain/sample-list.ts';
import { templateVariables } from '../../domain/variables.ts';
import type { SampleSmsOptions, SmsOptions } from '../commands/sms.ts';
import type { Call, CliContext } from '../context.ts';
import { hanging } from '../render/hanging.ts';
import { formatCount } from '../render/number.ts';
import { palette } from '../render/palette.ts';
import { reviewWord } from '../render/review-status.ts';
import { renderTable } from '../render/table.ts';
import { inertLine, wrap } from '../render/wide-text.ts';
import { withSms } from '../with-sms.ts';
import { writeTextFile } from '../write-text.ts';

export async function runSmsTemplatesList(cli: CliContext, call: Call<SmsOptions>): Promise<void> {
  const { output } = call;
  await withSms(cli, call, async ({ directory }) => {
    const listed = await collect(directory.templates());
    for (const template of listed) output.event({ event: 'template', ...template });
    if (listed.length === 0) {
      output.answer('the account has no text template');
      return;
    }
    const rows = listed.map((template) => {
      const { code, name, kind, reason } = template;
      return [code, name, reviewWord(template), kind ?? '', reason ?? ''].map(inertLine);
    });
    output.answer(renderTable([['code', 'name', 'state', 'type', 'reason'], ...rows]));
    output.talk(formatCount(listed.length, 'template'));
  });
}

export async function runSmsTemplatesShow(cli: CliContext, call: Call<SmsOptions>): Promise<void> {
  const { args, output } = call;
  await withSms(cli, call, async ({ directory }, { service }) => {
    const template = await findSmsTemplate(directory, service.templates({ custSpaceId: null }), args[0] ?? '');
    const { code, name, status, statusWord, reason, sms } = template;
    const text = textOf(template);
    const variables = variablesOf(template);
    output.event({ event: 'template', code, name, status, statusWord, reason, text, variables, ...sms });
    output.answer(draw(template, text, { width: output.width, colour: output.colour(output.stdout) }));
  });
}

/** The words with their variables as the service writes them. */
function textOf({ body }: SmsTemplate): string {
  return body === null ? '' : renderText(body, {}, (name) => `\${${name}}`);
}

function variablesOf(template: SmsTemplate): readonly { readonly name: string; readonly attribute: string | null }[] {
  const { attributes } = template.sms;
  return templateVariables(template).map(({ name }) => ({
    name,
    attribute: ownValue(attributes, name) ?? null,
  }));
}

function draw(
  template: SmsTemplate,
  text: string,
  { width, colour }: { readonly width: number; readonly colour: boolean },
): string {
  const { code, name, reason, sms } = template;
  const variables = variablesOf(template);
  const rows = variables.map(({ name: variable, attribute }) => [`\${${variable}}`, attribute ?? ''].map(inertLine));
  return [
    palette(colour).bold(inertLine(`${name} (${code})  ${reviewWord(template)}  ${sms.kind}`)),
    ...(reason === null ? [] : hanging('reason: ', inertLine(reason), width)),
    ...wrap(inertLine(text), width - 2).map((line) => `  ${line}`),
    variables.length === 0 ? 'no variables' : `variables\n${renderTable(rows, { indent: 2 })}`,
    ...(sms.signs.length === 0 ? [] : hanging('signs: ', inertLine(sms.signs.join(', ')), width)),
  ].join('\n');
}

export async function runSmsTemplatesSample(cli: CliContext, call: Call<SampleSmsOptions>): Promise<void> {
  const { args, options, output } = call;
  await withSms(cli, call, async ({ directory }, { composition, service }) => {
    const template = await findSmsTemplate(directory, service.templates({ custSpaceId: null }), args[0] ?? '');
    const list = sampleListOf([template]);
    const text = composition.sampleCsv(list);
    output.event({ event: 'sample', file: options.out ?? null, ...list });
    if (options.out === undefined) {
      output.answer(text);
      return;
    }
    await writeTextFile(options.out, pieces(text));
    output.talk(`wrote "${options.out}": ${list.columns.join(', ')}`);
  });
}

async function* pieces(text: string): AsyncGenerator<string> {
  yield text;
}

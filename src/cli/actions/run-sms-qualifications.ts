/** The work of `sms qualifications list` and `show`. What is personal is masked unless somebody asks to see it. */
import { collect } from '../../domain/collect.ts';
import { maskedListing, maskedQualification } from '../../domain/sms/mask-qualification.ts';
import type { Qualification, QualifiedPerson } from '../../domain/sms/qualification.ts';
import type { QualificationOptions } from '../commands/sms.ts';
import type { Call, CliContext } from '../context.ts';
import { formatCount } from '../render/number.ts';
import { palette } from '../render/palette.ts';
import { reviewWord } from '../render/review-status.ts';
import { renderTable } from '../render/table.ts';
import { inertLine } from '../render/wide-text.ts';
import { withSms } from '../with-sms.ts';

const masking = 'personal data is masked; --reveal shows it';

export async function runQualificationsList(cli: CliContext, call: Call<QualificationOptions>): Promise<void> {
  const { options, output } = call;
  await withSms(cli, call, async ({ qualifications }) => {
    const all = await collect(qualifications.list());
    const listed = options.reveal === true ? all : all.map(maskedListing);
    for (const qualification of listed) output.event({ event: 'qualification', ...qualification });
    if (listed.length === 0) {
      output.answer('the account has no qualification');
      return;
    }
    const rows = listed.map((each) =>
      [each.id, each.name, reviewWord(each), each.company ?? '', each.legalPerson ?? '', each.remark ?? ''].map(
        inertLine,
      ),
    );
    output.answer(renderTable([['id', 'name', 'state', 'company', 'legal person', 'remark'], ...rows]));
    output.talk(formatCount(listed.length, 'qualification'));
    if (options.reveal !== true) output.talk(masking);
  });
}

export async function runQualificationsShow(cli: CliContext, call: Call<QualificationOptions>): Promise<void> {
  const { args, options, output } = call;
  await withSms(cli, call, async ({ qualifications }) => {
    const whole = await qualifications.read(args[0] ?? '');
    const qualification = options.reveal === true ? whole : maskedQualification(whole);
    output.event({ event: 'qualification', ...qualification });
    output.answer(draw(qualification, output.colour(output.stdout)));
    if (options.reveal !== true) output.talk(masking);
  });
}

function draw(qualification: Qualification, colour: boolean): string {
  const { id, name, company, companyType, organizationCode, valid, legalPerson, admin, papers, remark } = qualification;
  const lines: readonly (readonly [string, string | null])[] = [
    ['company', company],
    ['kind', companyType],
    ['licence', organizationCode],
    ['valid', valid],
    ...personLines('legal person', legalPerson),
    ...personLines('admin', admin),
    ['remark', remark],
    ...papers.map((link) => ['paper', link] as const),
  ];
  const told = lines.flatMap(([label, text]) => (text === null ? [] : [[label, inertLine(text)]]));
  const title = palette(colour).bold(inertLine(`${name} (${id})  ${reviewWord(qualification)}`));
  return told.length === 0 ? title : `${title}\n${renderTable(told, { indent: 2 })}`;
}

function personLines(who: string, person: QualifiedPerson): readonly (readonly [string, string | null])[] {
  return [
    [who, person.name],
    [`${who}'s card`, person.idCard],
    [`${who}'s card is`, person.idCardType],
    [`${who}'s card valid`, person.idCardValid],
    [`${who}'s phone`, person.phone],
  ];
}

/** The work of `sms signs list` and `sms signs show`. */
import { findSmsSign } from '../../campaign/sms-find.ts';
import { collect } from '../../domain/collect.ts';
import type { CarrierFiling, FilingStatus } from '../../domain/sms/sms-sign.ts';
import type { SmsOptions } from '../commands/sms.ts';
import type { Call, CliContext } from '../context.ts';
import { hanging } from '../render/hanging.ts';
import { formatCount } from '../render/number.ts';
import { palette } from '../render/palette.ts';
import { reviewWord } from '../render/review-status.ts';
import { renderTable } from '../render/table.ts';
import { inertLine } from '../render/wide-text.ts';
import { withSms } from '../with-sms.ts';

export async function runSmsSignsList(cli: CliContext, call: Call<SmsOptions>): Promise<void> {
  const { output } = call;
  await withSms(cli, call, async ({ directory }) => {
    const listed = await collect(directory.signs());
    for (const sign of listed) output.event({ event: 'sign', ...sign });
    if (listed.length === 0) {
      output.answer('the account has no sign');
      return;
    }
    const rows = listed.map((sign) => [sign.name, reviewWord(sign), sign.type ?? '', sign.reason ?? ''].map(inertLine));
    output.answer(renderTable([['sign', 'state', 'type', 'reason'], ...rows]));
    output.talk(formatCount(listed.length, 'sign'));
  });
}

export async function runSmsSignsShow(cli: CliContext, call: Call<SmsOptions>): Promise<void> {
  const { args, output } = call;
  const { bold } = palette(output.colour(output.stdout));
  await withSms(cli, call, async ({ directory }) => {
    const sign = await findSmsSign(directory, args[0] ?? '');
    output.event({ event: 'sign', ...sign });
    const lines = [
      bold(inertLine(`${sign.name}  ${sign.status}`)),
      ...(sign.reason === null ? [] : hanging('reason: ', inertLine(sign.reason), output.width)),
      'filing with the carriers of mainland China',
      renderTable(sign.filings.map(filingCells), { indent: 2 }),
    ];
    output.answer(lines.join('\n'));
  });
}

const filingWords: Readonly<Record<FilingStatus, string>> = {
  notFiled: 'not filed',
  filing: 'being filed',
  failed: 'failed',
  toVerify: 'filed, to be verified',
  expired: 'expired, after six months without use',
  filed: 'filed',
  untold: 'not told',
};

function filingCells({ carrier, status, reasons }: CarrierFiling): readonly string[] {
  return [`China ${carrier}`, filingWords[status], inertLine(reasons.join('; '))];
}

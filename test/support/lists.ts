/** Lists and campaigns for whole runs, each in a folder of its own that goes away with the test. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
}

export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), 'sendoff-e2e-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export interface CampaignFiles {
  readonly campaign: string;
  readonly list: string;
  /** Where its run file is to be; nothing is there yet. */
  readonly run: string;
  /** The addresses of the list, in its order. */
  readonly addresses: readonly string[];
}

export interface CampaignChoice {
  /** Also the campaign's name. */
  readonly name: string;
  readonly rows: number;
  /** Numbers of the list begin here, so that several lists can share one emulator. */
  readonly firstNumber?: number;
  /** Lines of the campaign that say what is sent; without them a template. */
  readonly content?: string;
}

/** A campaign that plans without a finding, over a list of as many different people. */
export async function writeCampaign(folder: string, choice: CampaignChoice): Promise<CampaignFiles> {
  const { name, rows, firstNumber = 0, content = templateText } = choice;
  const list = join(folder, `${name}.csv`);
  const campaign = join(folder, `${name}.yaml`);
  const addresses = Array.from({ length: rows }, (_, index) => addressOf(firstNumber + index));
  const lines = addresses.map((address, index) => `${address},Person ${index},A-${index},21 Nov`);
  await writeFile(list, ['phone,name,code,date', ...lines, ''].join('\n'));
  await writeFile(campaign, campaignText(name, content));
  return { campaign, list, run: join(folder, `${name}.run`), addresses };
}

/** A Chinese mobile number, digits only. */
export function addressOf(number: number): string {
  return `86138${String(number).padStart(8, '0')}`;
}

const templateText = 'template: { code: order_shipped, language: en }';

function campaignText(name: string, content: string): string {
  return `name: ${name}
channel: whatsapp
from: "8613867404376"
recipients: { file: ${name}.csv, to: phone }
${content}
send: { rate: 1000/s, stopAfter: { failures: never } }
`;
}

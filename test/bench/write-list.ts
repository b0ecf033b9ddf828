/** A list of any length that plans without a finding, and a campaign over it. The same rows every time. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const names = ['Ann', 'David', 'Wei', 'Chloé', '李雷', 'María', 'Tunde', 'Fatima'];
const cities = ['Hangzhou', 'Berlin', 'São Paulo', 'Lagos', '上海'];
const firstDay = Date.UTC(2026, 0, 1);
const rowsAtOnce = 10_000;

export async function writeList(file: string, rows: number): Promise<void> {
  const out = createWriteStream(file);
  out.write('phone,first_name,code,ship_date,city,amount\n');
  for (let from = 0; from < rows; from += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, rows - from);
    const more = out.write(Array.from({ length: count }, (_, index) => lineOf(from + index)).join(''));
    if (!more) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

function lineOf(index: number): string {
  const day = new Date(firstDay + (index % 365) * 86_400_000).toISOString().slice(0, 10);
  const name = names[index % names.length];
  const city = cities[index % cities.length];
  return `${addressAt(index)},${name},A-${1000 + index},${day},${city},${(index % 50_000) / 100}\n`;
}

/** All different, and in no order, as people come: what sorts them finds nothing done for it. */
function addressAt(index: number): string {
  return `86138${String((index * 7_919_317) % 100_000_000).padStart(8, '0')}`;
}

export interface CampaignChoice {
  readonly folder: string;
  readonly name: string;
  /** The list, by its name in the folder. */
  readonly list: string;
  /** What fills the variable `date`: a column, or a Liquid text. */
  readonly date: string;
  readonly rate: string;
}

/** Answers with the campaign file. */
export async function writeCampaign({ folder, name, list, date, rate }: CampaignChoice): Promise<string> {
  const file = join(folder, `${name}.yaml`);
  const campaign = {
    name,
    channel: 'whatsapp',
    from: '8613867404376',
    recipients: { file: list, to: 'phone', country: 'CN' },
    template: { code: 'order_shipped', language: 'en', params: { name: 'first_name', date } },
    send: { rate, concurrency: 64 },
  };
  // JSON is YAML.
  await writeFile(file, JSON.stringify(campaign));
  return file;
}

/** As samples/order-shipped.yaml has it. */
export const liquidDate = "{{ ship_date | date: '%d %b' }}";

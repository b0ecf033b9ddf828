import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventOf, eventsOf, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;
beforeAll(async () => {
  bench = await openWorkbench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const flags = ['--emulator', '--from', '8613867404376', '--to', 'phone', '--language', 'en', '--sender-rate', '80/s'];

describe('preview', () => {
  it('draws the first, the longest and the riskiest message', async () => {
    expect(await bench.run(['preview', 'mistakes.yaml', '--emulator'])).toMatchObject({
      code: 0,
      stderr: '',
      stdout: `row 2 (first), to 86138****9929, en
╭──────────────────────────────────────────────────────────╮
│ Hi Ann, your order A-1801 left our warehouse on 23 Nov.  │
│                                                          │
│ Thank you for shopping with us                           │
╰──────────────────────────────────────────────────────────╯

row 8 (longest and riskiest), to 86138****7443, en
╭──────────────────────────────────────────────────────────╮
│ Hi Félix, your order A-1807 left our warehouse on 23     │
│ Nov.                                                     │
│                                                          │
│ Thank you for shopping with us                           │
╰──────────────────────────────────────────────────────────╯
`,
    });
  });

  it('draws the message of one row, wide characters aligned', async () => {
    expect(await bench.run(['preview', 'mistakes.yaml', '--emulator', '--row', '9'])).toMatchObject({
      code: 0,
      stderr: '',
      stdout: `row 9 (chosen), to 86138****5362, zh_CN
╭──────────────────────────────────────────────────────────╮
│ 李雷,您好!您的订单 A-1808 已于 23 Nov 从仓库发出。       │
│                                                          │
│ 感谢您的惠顾                                             │
╰──────────────────────────────────────────────────────────╯
`,
    });
  });

  it.each([['3'], ['10'], ['4000']])('has nothing to draw for row %s, which has no message', async (row) => {
    expect(await bench.run(['preview', 'mistakes.yaml', '--emulator', '--row', row])).toMatchObject({
      code: 3,
      stdout: '',
      stderr: `error: row ${row} has no message to show
hint: it is invalid, a duplicate, or not in the list: sendoff check tells
`,
    });
  });

  it('says why where no row has a message', async () => {
    await bench.write('none.csv', 'phone,name\n1,Ann\n');
    expect(await bench.run(['preview', 'none.csv', '--template', 'flash_sale', ...flags])).toMatchObject({
      code: 3,
      stdout: `fatal  TEMPLATE_NOT_APPROVED  1
  "fail"  the template "flash_sale" in en is not approved, its state is "fail":
          ABUSIVE_CONTENT
  fix: use an approved template
`,
      stderr: 'no row has a message to show\n',
    });
  });

  it('gives each message as an event, the address masked', async () => {
    const preview = await bench.run(['preview', 'mistakes.yaml', '--emulator', '--json']);
    expect(eventOf(preview, 'preview')).toEqual({
      event: 'preview',
      row: 2,
      why: 'first',
      to: '86138****9929',
      language: 'en',
      message: {
        header: null,
        body: 'Hi Ann, your order A-1801 left our warehouse on 23 Nov.',
        footer: 'Thank you for shopping with us',
        offer: null,
        buttons: [],
        cards: [],
      },
      fallback: null,
    });
    expect(eventsOf(preview).map(({ event }) => event)).toEqual(['preview', 'preview', 'exit']);
  });
});

it('draws what a message falls back to below it', async () => {
  await bench.write('late.csv', 'phone,name,code,date\n8613800104729,Ann,A-1,23 Nov\n');
  await bench.write(
    'late.yaml',
    `from: "8613867404376"
recipients: { file: late.csv, to: phone }
message: { type: text, content: { text: "Hi {{ name }}, anything else?" } }
fallback: { template: { code: order_shipped, language: en } }
`,
  );
  const drawn = await bench.run(['preview', 'late.yaml', '--emulator']);
  expect(drawn).toMatchObject({ code: 0, stderr: '' });
  expect(drawn.stdout).toBe(`row 2 (first and longest), to 86138****4729, text
╭──────────────────────────────────────────────────────────╮
│ Hi Ann, anything else?                                   │
╰──────────────────────────────────────────────────────────╯
falls back to template order_shipped, en
╭──────────────────────────────────────────────────────────╮
│ Hi Ann, your order A-1 left our warehouse on 23 Nov.     │
│                                                          │
│ Thank you for shopping with us                           │
╰──────────────────────────────────────────────────────────╯
`);
  const told = await bench.run(['preview', 'late.yaml', '--emulator', '--json']);
  expect(eventOf(told, 'preview')).toMatchObject({
    language: null,
    message: { body: 'Hi Ann, anything else?' },
    fallback: {
      channel: 'whatsapp',
      language: 'en',
      message: { body: 'Hi Ann, your order A-1 left our warehouse on 23 Nov.' },
    },
  });
});

describe('preview of a template', () => {
  async function drawn(template: string, header: string, row: string): Promise<string> {
    await bench.write('list.csv', `phone,${header}\n8613800104729,${row}\n`);
    const { code, stdout, stderr } = await bench.run(['preview', 'list.csv', '--template', template, ...flags]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [title, ...lines] = stdout.split('\n');
    expect(title).toBe('row 2 (first and longest), to 86138****4729, en');
    return lines.join('\n');
  }

  it('shows a picture on top, a link with its end filled in, and a reply button', async () => {
    const row = 'Ann,https://shop.example.com/a.jpg,20%,30 April,spring?c=1';
    expect(await drawn('spring_sale', 'name,image,discount,until,link', row)).toBe(
      `╭──────────────────────────────────────────────────────────╮
│ [image] https://shop.example.com/a.jpg                   │
│                                                          │
│ Hi Ann, spring is here: 20% off everything until 30      │
│ April.                                                   │
│                                                          │
│ Reply Stop to hear no more from us                       │
├──────────────────────────────────────────────────────────┤
│ [link] Shop now: https://shop.example.com/s/spring?c=1   │
│ [reply] Stop                                             │
╰──────────────────────────────────────────────────────────╯
`,
    );
  });

  it('shows a coupon to copy and when the offer ends', async () => {
    expect(await drawn('welcome_coupon', 'name,coupon,expires', 'Ann,WELCOME20,1924992000000')).toBe(
      `╭──────────────────────────────────────────────────────────╮
│ Hi Ann, here is your welcome coupon. Show it at the till │
│ or use it online.                                        │
├──────────────────────────────────────────────────────────┤
│ [offer] Your welcome offer, ends 2031-01-01 00:00 UTC    │
├──────────────────────────────────────────────────────────┤
│ [copy] Copy code: WELCOME20                              │
│ [link] Shop now: https://shop.example.com/               │
╰──────────────────────────────────────────────────────────╯
`,
    );
  });

  it('shows every card of a carousel', async () => {
    const columns = [1, 2, 3].flatMap((card) => [`image${card}`, `item${card}`, `price${card}`, `link${card}`]);
    const cells = ['Linen shirt', '帆布包', 'Straw hat'].flatMap((item, index) => [
      `https://shop.example.com/${index + 1}.jpg`,
      item,
      `$${index + 10}`,
      `100${index}`,
    ]);
    const picture = await drawn('new_arrivals', `name,${columns.join(',')}`, `王芳,${cells.join(',')}`);
    expect(picture).toBe(
      `╭──────────────────────────────────────────────────────────╮
│ Hi 王芳, these have just arrived:                        │
╰──────────────────────────────────────────────────────────╯
╭─ card 1 of 3 ────────────────────────────────────────────╮
│ [image] https://shop.example.com/1.jpg                   │
│                                                          │
│ Linen shirt, now $10                                     │
├──────────────────────────────────────────────────────────┤
│ [link] View: https://shop.example.com/i/1000             │
│ [reply] Remind me                                        │
╰──────────────────────────────────────────────────────────╯
╭─ card 2 of 3 ────────────────────────────────────────────╮
│ [image] https://shop.example.com/2.jpg                   │
│                                                          │
│ 帆布包, now $11                                          │
├──────────────────────────────────────────────────────────┤
│ [link] View: https://shop.example.com/i/1001             │
│ [reply] Remind me                                        │
╰──────────────────────────────────────────────────────────╯
╭─ card 3 of 3 ────────────────────────────────────────────╮
│ [image] https://shop.example.com/3.jpg                   │
│                                                          │
│ Straw hat, now $12                                       │
├──────────────────────────────────────────────────────────┤
│ [link] View: https://shop.example.com/i/1002             │
│ [reply] Remind me                                        │
╰──────────────────────────────────────────────────────────╯
`,
    );
  });

  it('shows a document by name and link, and whom a button calls', async () => {
    const row = 'https://shop.example.com/invoices/1001.pdf,Ann,1001,$48.00';
    expect(await drawn('invoice', 'file,name,number,amount', row)).toBe(
      `╭──────────────────────────────────────────────────────────╮
│ [document] invoice.pdf                                   │
│ https://shop.example.com/invoices/1001.pdf               │
│                                                          │
│ Dear Ann, please find attached invoice 1001 over $48.00. │
├──────────────────────────────────────────────────────────┤
│ [call] Call us: +12025550123                             │
╰──────────────────────────────────────────────────────────╯
`,
    );
  });

  it('shows a line of its own above the body', async () => {
    expect(await drawn('header_text', 'order,name,status', 'A-1,Ann,ready')).toBe(
      `╭──────────────────────────────────────────────────────────╮
│ Order A-1                                                │
│                                                          │
│ Hi Ann, your order is ready.                             │
╰──────────────────────────────────────────────────────────╯
`,
    );
  });
});

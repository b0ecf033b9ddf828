/**
 * What people write first: the SDK's typed call for every message, a number of them in flight, nothing recorded and
 * nothing paced. `loop` shares the list between as many loops, `p-limit` hands every call to that package.
 *   bare-sdk.js <url> <messages> <in flight> <loop or p-limit>
 */
import { createRequire } from 'node:module';
import pLimit from 'p-limit';

const require = createRequire(import.meta.url);
const { default: Client, SendChatappMessageRequest } = require('@alicloud/cams20200606');
const { Config } = require('@alicloud/openapi-client');

const [url, messages, inFlight, how] = process.argv.slice(2);
const client = new Client(
  new Config({
    accessKeyId: process.env.ALIBABA_CLOUD_ACCESS_KEY_ID,
    accessKeySecret: process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
    endpoint: new URL(url).host,
    protocol: 'HTTP',
  }),
);

async function send(index) {
  const { body } = await client.sendChatappMessage(
    new SendChatappMessageRequest({
      channelType: 'whatsapp',
      type: 'template',
      from: '8613867404376',
      to: `86138${String(index).padStart(8, '0')}`,
      templateCode: 'order_shipped',
      language: 'en',
      templateParams: { name: 'Ann', code: `A-${index}`, date: '21 Nov' },
    }),
  );
  if (body.code !== 'OK') throw new Error(`the service answered ${body.code}`);
}

const indices = Array(Number(messages)).keys();

if (how === 'p-limit') {
  const limit = pLimit(Number(inFlight));
  await Promise.all(indices.map((index) => limit(() => send(index))));
} else {
  await Promise.all(
    Array.from({ length: Number(inFlight) }, async () => {
      for (const index of indices) await send(index);
    }),
  );
}

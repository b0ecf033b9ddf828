/**
 * What people write first for text messages: the SDK's typed call for one number, and then for the next. Nothing recorded and
 * nothing paced.
 *   bare-sms.js <url> <messages>
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { default: Client, SendSmsRequest } = require('@alicloud/dysmsapi20170525');
const { $OpenApiUtil } = require('@alicloud/openapi-core');

const [url, messages] = process.argv.slice(2);
const client = new Client(
  new $OpenApiUtil.Config({
    accessKeyId: process.env.ALIBABA_CLOUD_ACCESS_KEY_ID,
    accessKeySecret: process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
    endpoint: new URL(url).host,
    protocol: 'HTTP',
  }),
);

for (const index of Array(Number(messages)).keys()) {
  const { body } = await client.sendSms(
    new SendSmsRequest({
      phoneNumbers: `138${String(index).padStart(8, '0')}`,
      signName: '示例商城',
      templateCode: 'SMS_100000001',
      templateParam: JSON.stringify({ name: 'Ann', code: `A-${index}`, date: '11-21' }),
    }),
  );
  if (body.code !== 'OK') throw new Error(`the service answered ${body.code}`);
}

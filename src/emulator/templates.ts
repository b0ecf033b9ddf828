/**
 * The templates of the emulated account, with codes that never change: one for every shape a message can have, and one
 * for every state a review can be in.
 */
import type { WireComponent, WireTemplate } from './wire-template.ts';

type Defaults = 'Name' | 'TemplateType' | 'AuditStatus' | 'Reason' | 'QualityScore';

/** An approved template named like its code, unless the fields say otherwise. */
function template(fields: Omit<WireTemplate, Defaults> & Partial<Pick<WireTemplate, Defaults>>): WireTemplate {
  return {
    Name: fields.TemplateCode,
    TemplateType: 'WHATSAPP',
    AuditStatus: 'pass',
    Reason: '',
    QualityScore: 'GREEN',
    ...fields,
  };
}

const body = (text: string): WireComponent => ({ Type: 'BODY', Text: text });
const footer = (text: string): WireComponent => ({ Type: 'FOOTER', Text: text });

function orderShipped(language: string, text: string, footerText: string, state: Partial<WireTemplate> = {}) {
  return template({
    TemplateCode: 'order_shipped',
    Language: language,
    Category: 'UTILITY',
    Example: { name: 'Ann', code: 'A-1001', date: '21 Nov' },
    Components: [body(text), footer(footerText)],
    ...state,
  });
}

/** Plain text, in the languages a list may mix; German was refused and French is still in review. */
const orderShippedVariants = [
  orderShipped('en', 'Hi $(name), your order $(code) left our warehouse on $(date).', 'Thank you for shopping with us'),
  orderShipped('en_US', 'Hi $(name), your order $(code) shipped on $(date).', 'Thank you for shopping with us'),
  orderShipped('zh_CN', '$(name),您好!您的订单 $(code) 已于 $(date) 从仓库发出。', '感谢您的惠顾'),
  orderShipped('es', 'Hola $(name), tu pedido $(code) salió de nuestro almacén el $(date).', 'Gracias por tu compra'),
  orderShipped('pt_BR', 'Olá $(name), seu pedido $(code) saiu do nosso armazém em $(date).', 'Obrigado pela compra'),
  orderShipped('de', 'Hallo $(name), Ihre Bestellung $(code) hat unser Lager am $(date) verlassen.', 'Vielen Dank', {
    AuditStatus: 'fail',
    Reason: 'INVALID_FORMAT',
    QualityScore: 'UNKNOWN',
  }),
  orderShipped('fr', 'Bonjour $(name), votre commande $(code) a quitté notre entrepôt le $(date).', 'Merci', {
    AuditStatus: 'auditing',
    QualityScore: 'UNKNOWN',
  }),
];

/** A picture on top, a link with a variable end, and a quick reply. */
const springSale = template({
  TemplateCode: 'spring_sale',
  Language: 'en',
  Category: 'MARKETING',
  Example: {
    image: 'https://shop.example.com/media/spring.jpg',
    name: 'Ann',
    discount: '20%',
    until: '30 April',
    link: 'spring?c=1001',
  },
  Components: [
    { Type: 'HEADER', Format: 'IMAGE', Url: '$(image)' },
    body('Hi $(name), spring is here: $(discount) off everything until $(until).'),
    footer('Reply Stop to hear no more from us'),
    {
      Type: 'BUTTONS',
      Buttons: [
        { Type: 'URL', Text: 'Shop now', Url: 'https://shop.example.com/s/$(link)', UrlType: 'dynamic' },
        { Type: 'QUICK_REPLY', Text: 'Stop' },
      ],
    },
  ],
});

/** An offer that expires, and a code to copy. */
const welcomeCoupon = template({
  TemplateCode: 'welcome_coupon',
  Language: 'en',
  Category: 'MARKETING',
  Example: { name: 'Ann', coupon: 'WELCOME20', expires: '1924992000000' },
  Components: [
    {
      Type: 'LIMITED_TIME_OFFER',
      Text: 'Your welcome offer',
      hasExpiration: true,
      OfferExpirationTimeMs: '$(expires)',
    },
    body('Hi $(name), here is your welcome coupon. Show it at the till or use it online.'),
    {
      Type: 'BUTTONS',
      Buttons: [
        { Type: 'COPY_CODE', Text: 'Copy code', CouponCode: '$(coupon)' },
        { Type: 'URL', Text: 'Shop now', Url: 'https://shop.example.com/', UrlType: 'static' },
      ],
    },
  ],
});

function card(number: number) {
  return {
    CardComponents: [
      { Type: 'HEADER', Format: 'IMAGE', Url: `$(image${number})` },
      body(`$(item${number}), now $(price${number})`),
      {
        Type: 'BUTTONS',
        Buttons: [
          {
            Type: 'URL',
            Text: 'View',
            Url: `https://shop.example.com/i/$(link${number})`,
            UrlType: 'dynamic' as const,
          },
          { Type: 'QUICK_REPLY', Text: 'Remind me' },
        ],
      },
    ],
  };
}

function cardExample(number: number, item: string, price: string): Record<string, string> {
  return {
    [`image${number}`]: `https://shop.example.com/media/${number}.jpg`,
    [`item${number}`]: item,
    [`price${number}`]: price,
    [`link${number}`]: String(1000 + number),
  };
}

/** Three cards side by side, each with a picture, a text and buttons of its own. */
const newArrivals = template({
  TemplateCode: 'new_arrivals',
  Language: 'en',
  Category: 'MARKETING',
  Example: {
    name: 'Ann',
    ...cardExample(1, 'Linen shirt', '$29'),
    ...cardExample(2, 'Canvas bag', '$19'),
    ...cardExample(3, 'Straw hat', '$15'),
  },
  Components: [body('Hi $(name), these have just arrived:'), { Type: 'CAROUSEL', Cards: [card(1), card(2), card(3)] }],
});

/** A document on top, and a button that calls. */
const invoice = template({
  TemplateCode: 'invoice',
  Language: 'en',
  Category: 'UTILITY',
  Example: { file: 'https://shop.example.com/invoices/1001.pdf', name: 'Ann', number: '1001', amount: '$48.00' },
  Components: [
    { Type: 'HEADER', Format: 'DOCUMENT', Url: '$(file)', FileName: 'invoice.pdf' },
    body('Dear $(name), please find attached invoice $(number) over $(amount).'),
    { Type: 'BUTTONS', Buttons: [{ Type: 'PHONE_NUMBER', Text: 'Call us', PhoneNumber: '+12025550123' }] },
  ],
});

/** A header line with a variable. */
const headerText = template({
  TemplateCode: 'header_text',
  Language: 'en',
  Category: 'UTILITY',
  Example: { order: 'A-1001', name: 'Ann', status: 'ready to be picked up' },
  Components: [
    { Type: 'HEADER', Format: 'TEXT', Text: 'Order $(order)' },
    body('Hi $(name), your order is $(status).'),
  ],
});

/** A one-time password. */
const loginCode = template({
  TemplateCode: 'login_code',
  Language: 'en',
  Category: 'AUTHENTICATION',
  Example: { code: '123456' },
  Components: [
    { Type: 'BODY', Text: '$(code) is your verification code.', AddSecretRecommendation: true },
    { Type: 'FOOTER', CodeExpirationMinutes: 10 },
    { Type: 'BUTTONS', Buttons: [{ Type: 'COPY_CODE', Text: 'Copy code' }] },
  ],
});

function inState(code: string, text: string, state: Partial<WireTemplate>): WireTemplate {
  return template({
    TemplateCode: code,
    Language: 'en',
    Category: 'MARKETING',
    Example: { name: 'Ann' },
    Components: [body(text)],
    ...state,
  });
}

export const sampleTemplates: readonly WireTemplate[] = [
  ...orderShippedVariants,
  springSale,
  welcomeCoupon,
  newArrivals,
  invoice,
  headerText,
  loginCode,
  inState('flash_sale', '$(name)!!! CLICK NOW!!!', {
    AuditStatus: 'fail',
    Reason: 'ABUSIVE_CONTENT',
    QualityScore: 'UNKNOWN',
  }),
  inState('summer_teaser', 'Hi $(name), summer is close.', { AuditStatus: 'auditing', QualityScore: 'UNKNOWN' }),
  inState('autumn_teaser', 'Hi $(name), autumn is close.', { AuditStatus: 'unaudit', QualityScore: 'UNKNOWN' }),
  inState('old_promo', 'Hi $(name), our promotion goes on.', { AuditStatus: 'paused', QualityScore: 'RED' }),
  inState('older_promo', 'Hi $(name), our promotion still goes on.', { AuditStatus: 'disabled', QualityScore: 'RED' }),
  inState('weekly_news', 'Hi $(name), the news of this week are here.', { QualityScore: 'RED' }),
];

/** Template details as the service writes them. */
export function detail(fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    TemplateCode: 'order_shipped',
    Name: 'Order shipped',
    Language: 'en',
    AuditStatus: 'pass',
    Category: 'UTILITY',
    TemplateType: 'WHATSAPP',
    QualityScore: 'GREEN',
    Components: [{ Type: 'BODY', Text: 'Hi $(name)' }],
    ...fields,
  };
}

export function answer(data: unknown): Record<string, unknown> {
  return { Code: 'OK', Message: 'OK', RequestId: 'r-1', Data: data };
}

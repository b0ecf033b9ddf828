/** How the service writes what it may also leave out: absent, null or an empty text. */
import { z } from 'zod';

/** Numbers are read as texts: the service writes the same field as either. */
export const optionalText = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform((value) => value || null);

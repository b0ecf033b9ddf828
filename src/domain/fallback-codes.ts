/** Refusals after which something else may go out instead, where a campaign names none itself. */

/** The recipient's 24 hours are over. Source: API error page of Chat App Message Service; Meta's 131047. */
export const windowClosed: readonly string[] = ['SessionWindowExpired', '131047'];

/**
 * The number cannot be reached by WhatsApp at all. Source: Meta's 131026: not on WhatsApp, its terms not accepted, or a client
 * that is too old. No other code says so: 130472, 131049 and 131050 are about people who are there and get no marketing, 130497
 * about a country that the business may not write to, and InvalidParameter.PhoneNumberError about a number that is none.
 */
export const notOnWhatsApp: readonly string[] = ['131026'];

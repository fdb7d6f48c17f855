/** Numbers and moments in the reader's language. */

export function bytes(count: number, language: string): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  if (unit === 0) return `${whole(count, language)} B`;
  const digits = value >= 100 ? 0 : 1;
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: units[unit],
    unitDisplay: "short",
    maximumFractionDigits: digits,
  }).format(value);
}

export function whole(count: number, language: string): string {
  return new Intl.NumberFormat(language).format(count);
}

export function percent(share: number, language: string): string {
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(share);
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["second", 60],
  ["minute", 60],
  ["hour", 24],
  ["day", 7],
  ["week", 5],
];

/** "3 minutes ago"; a date once that says more. */
export function ago(moment: string, now: number, language: string): string {
  const then = new Date(moment);
  let value = (then.getTime() - now) / 1000;
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
  for (const [unit, size] of STEPS) {
    if (Math.abs(value) < size) return words.format(Math.round(value), unit);
    value /= size;
  }
  return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(then);
}

/** A length of time, as "1.2 s" or "3 min". */
export function duration(ms: number, language: string): string {
  const [value, unit] =
    ms < 1000 ? [ms, "millisecond"] : ms < 60_000 ? [ms / 1000, "second"] : ms < 5_400_000 ? [ms / 60_000, "minute"] : [ms / 3_600_000, "hour"];
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: value < 10 && unit !== "millisecond" ? 1 : 0,
  }).format(value);
}

/** A colour that a thing keeps; neighbours in number lie far apart. */
export function hue(id: number): number {
  return Math.round((id * 137.508) % 360);
}

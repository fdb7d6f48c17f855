/** What a person chose for this browser: language and colours. */

import { computed, effect, signal } from "@preact/signals";
import { de } from "../texts/de";
import { en } from "../texts/en";

export type Language = "en" | "de";
export type Theme = "system" | "light" | "dark";

const LANGUAGES: Language[] = ["en", "de"];
const THEMES: Theme[] = ["system", "light", "dark"];

export const language = signal<Language>(kept("language", LANGUAGES) ?? spoken());
export const theme = signal<Theme>(kept("theme", THEMES) ?? "system");

/** Every text of the page, in the language of the moment. */
export const words = computed(() => (language.value === "de" ? de : en));

effect(() => {
  document.documentElement.lang = language.value;
  keep("language", language.value);
});

effect(() => {
  if (theme.value === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.value;
  keep("theme", theme.value);
});

function spoken(): Language {
  return navigator.language.toLowerCase().startsWith("de") ? "de" : "en";
}

/** Browsers may refuse storage; the page does without. */
function kept<T extends string>(key: string, known: T[]): T | undefined {
  try {
    return known.find((value) => value === localStorage.getItem(`docent.${key}`));
  } catch {
    return undefined;
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(`docent.${key}`, value);
  } catch {
    // Then it holds until the page is closed.
  }
}

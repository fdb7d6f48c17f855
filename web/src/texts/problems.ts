/** What goes wrong, in the reader's language. The server's own words are English; its codes are known in every language. */

import type { Schemas } from "../api/client";

type ErrorCode = Schemas["ErrorCode"];

export interface Problems {
  /** By code; `null` where the server's own words are in this language, and say more. */
  codes: Record<ErrorCode, string> | null;
  /** Seconds until it makes sense to try again. */
  later: (seconds: number) => string;
  /** What a form calls the fields of the interface. */
  fields: Record<string, string>;
  required: (field: string) => string;
  characters: (field: string, least: number, most: number) => string;
  atMost: (field: string, most: number) => string;
  between: (field: string, least: number, most: number) => string;
  /** Anything else that is wrong; `message` is the server's, in English. */
  wrong: (field: string, message: string) => string;
}

const whole = (language: string) => (count: number) => count.toLocaleString(language);
const inEnglish = whole("en");
const inGerman = whole("de");

export const english: Problems = {
  codes: null,
  later: (seconds) => `Try again in ${inEnglish(seconds)} s.`,
  fields: {
    code: "The one-time code",
    comment: "The comment",
    description: "The description",
    document_ids: "The list of documents",
    email: "The email address",
    filename: "The file name",
    message: "The question",
    name: "The name",
    password: "The password",
    query: "What is searched for",
    role: "The role",
    temperature: "The temperature",
    title: "The title",
    username: "The user name",
  },
  required: (field) => `${field} is missing.`,
  characters: (field, least, most) => `${field} must have ${inEnglish(least)} to ${inEnglish(most)} characters.`,
  atMost: (field, most) => `${field} may have at most ${inEnglish(most)} characters.`,
  between: (field, least, most) => `${field} must be between ${inEnglish(least)} and ${inEnglish(most)}.`,
  wrong: (field, message) => `${field} ${message}.`,
};

export const german: Problems = {
  codes: {
    bad_request: "Die Anfrage war nicht zu lesen. Laden Sie die Seite neu.",
    cancelled: "Abgebrochen.",
    chat_busy: "In diesem Gespräch wird noch eine Antwort geschrieben. Warten Sie oder halten Sie sie an.",
    conflict: "Das geht im jetzigen Zustand nicht. Laden Sie die Seite neu.",
    corrupt_document: "Die Datei ist beschädigt und lässt sich nicht lesen. Laden Sie eine heile Fassung hoch.",
    disk_full: "Auf dem Server ist kein Platz mehr. Der Betrieb muss Platz schaffen.",
    embedding_failed: "Das Modell für die Suche gab nichts Brauchbares zurück. Der Betrieb muss es prüfen.",
    embedding_unavailable: "Das Modell für die Suche ist nicht erreichbar. Es wird weiter versucht.",
    empty_file: "Die Datei ist leer.",
    encrypted_document: "Die Datei ist mit einem Passwort geschützt. Entfernen Sie es und laden Sie sie noch einmal hoch.",
    extraction_crashed: "Das Lesen der Datei ist gescheitert.",
    extraction_limit: "Die Datei verlangt mehr, als die Grenzen erlauben. Teilen Sie sie auf.",
    file_too_large: "Die Datei ist zu groß.",
    forbidden: "Das dürfen Sie sehen, aber nicht tun. Fragen Sie, wem das Projekt gehört.",
    idempotency_key_reused: "Unter diesem Schlüssel wurde etwas anderes geschickt. Laden Sie die Seite neu.",
    internal: "Hier ist etwas schiefgegangen. Versuchen Sie es noch einmal.",
    interrupted: "Der Server hielt an, bevor das fertig war. Versuchen Sie es noch einmal.",
    invalid_payload: "Einige Angaben fehlen oder stimmen nicht.",
    llm_unavailable: "Das Sprachmodell ist nicht erreichbar. Versuchen Sie es später noch einmal.",
    method_not_allowed: "Diese Adresse nimmt das nicht an. Laden Sie die Seite neu.",
    no_text: "In der Datei wurde kein Text gefunden.",
    not_found: "Das gibt es nicht, oder Sie haben keinen Zugang dazu.",
    original_damaged: "Die gespeicherte Datei ist nicht mehr die, die hochgeladen wurde. Laden Sie sie noch einmal hoch.",
    original_missing: "Die gespeicherte Datei ist weg. Laden Sie sie noch einmal hoch.",
    overloaded: "Gerade ist zu viel auf einmal los. Versuchen Sie es gleich noch einmal.",
    payload_too_large: "Das ist zu viel auf einmal.",
    range_not_satisfiable: "So weit reicht die Datei nicht. Laden Sie die Seite neu.",
    rate_limited: "Zu viele Anfragen in kurzer Zeit.",
    request_timeout: "Die Übertragung war zu langsam. Versuchen Sie es noch einmal.",
    request_under_way: "Dieselbe Anfrage läuft noch. Versuchen Sie es gleich noch einmal.",
    retrieval_unavailable: "Die Suche ist nicht erreichbar. Versuchen Sie es später noch einmal.",
    storage_unavailable: "Der Speicher ist nicht erreichbar. Versuchen Sie es später noch einmal.",
    too_many_attempts: "Jeder Versuch ist gescheitert.",
    unauthenticated: "Melden Sie sich erst an.",
    unsupported_file_type: "Diese Art von Datei kann nicht gelesen werden.",
    unsupported_media_type: "In dieser Form nimmt die Adresse nichts an. Laden Sie die Seite neu.",
  },
  later: (seconds) => `Versuchen Sie es in ${inGerman(seconds)} s noch einmal.`,
  fields: {
    code: "Einmalcode",
    comment: "Anmerkung",
    description: "Beschreibung",
    document_ids: "Auswahl der Dokumente",
    email: "E-Mail-Adresse",
    filename: "Dateiname",
    message: "Frage",
    name: "Name",
    password: "Passwort",
    query: "Suchtext",
    role: "Rolle",
    temperature: "Temperatur",
    title: "Titel",
    username: "Benutzername",
  },
  required: (field) => `Die Angabe „${field}“ fehlt.`,
  characters: (field, least, most) => `Die Angabe „${field}“ muss ${inGerman(least)} bis ${inGerman(most)} Zeichen haben.`,
  atMost: (field, most) => `Die Angabe „${field}“ darf höchstens ${inGerman(most)} Zeichen haben.`,
  between: (field, least, most) => `Die Angabe „${field}“ muss zwischen ${inGerman(least)} und ${inGerman(most)} liegen.`,
  wrong: (field) => `Die Angabe „${field}“ ist so nicht möglich.`,
};

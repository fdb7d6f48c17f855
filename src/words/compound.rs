//! Compounds and their parts: `Kündigungsfrist` is to be found by `Frist` and by `Kündigung`.
//!
//! A list of frequent constituents of our own, and no dictionary: those at hand have licences or sizes that do not fit,
//! and cut `Abteilung` into an abbey and a lung. A word is cut where what follows, or what stands before, is on the list;
//! the other side is taken as it is.

use std::collections::HashSet;
use std::sync::OnceLock;

use super::Language;
use super::fold::unmarked;
use super::stem::stem_lowered;

/// Shorter words are not cut.
const SHORTEST: usize = 8;
/// Letters that each side of a cut has at least.
const SIDE: usize = 4;
/// Words of more letters are no words.
const LONGEST: usize = 60;

const GERMAN: &str = "abgabe ablauf ablage abnahme abrechnung absatz abschluss abschnitt abteilung akte aktie analyse anfrage angabe angebot angestellte anlage anleitung anmeldung anmerkung anpassung anschluss anschrift ansprechpartner anspruch anteil antrag anwalt anweisung anwendung anzahl anzeige arbeit arbeiter arbeitgeber arbeitnehmer arbeitsplatz artikel arzt aufgabe aufnahme auftrag aufwand ausgabe auskunft ausschreibung ausschuss ausweis auto automat bahn bank bau beamte bearbeitung bedarf bedienung bedingung befugnis begriff behandlung beitrag beleg benutzer berater beratung berechnung bereich bericht beruf bescheid bescheinigung beschluss beschreibung beschwerde besitz besprechung bestand bestellung bestimmung betrag betreuung betrieb bewertung beziehung bezug bild bilanz bildung blatt boden brand brief buch buchung budget buro bund dach darlehen datei daten datenbank datenschutz dauer dienst dienstleistung direktor dokument druck eigentum einheit einkauf einkommen einnahme einrichtung einsatz einstellung eintrag energie entgelt entscheidung entwicklung entwurf erfassung ergebnis erklarung erlaubnis ersatz ertrag fabrik fach fahrer fahrt fahrzeug faktor fall familie farbe fehler feld fenster ferien fertigung feuer film filter finanz firma flache flug folge forderung form formular forschung frage frau freigabe frist fuhrung funktion garantie gas gast gebaude gebiet gebuhr gefahr gehalt geld gemeinde gerat gericht gesamt geschaft geschichte gesellschaft gesetz gesprach gesundheit getriebe gewahrleistung gewicht gewinn glas grenze grund gruppe grosse gut haftung handel handbuch handler hand haus heizung hilfe hotel information ingenieur inhalt institut interesse internet jahr karte kasse kauf kaufer kennung kennzahl kind kirche klasse klausel klinik konferenz konto kontrolle kosten kraft kranken kredit kreis krieg kunde kurs lage lager land landwirtschaft last lauf leben lehrer leiste leistung leiter leitung liefer lieferant lieferung liste lizenz lohn losung luft macht mahnung management mangel markt marke maschine mass massnahme material medien meldung menge merkmal messe messung metall methode miete mieter mitarbeiter mitglied mittel modell moglichkeit monat motor nachricht nachweis name netz niveau norm notiz nummer nutzer nutzung objekt ordnung ort paket papier park partei partner person personal pflege pflicht plan planung platte platz politik posten post preis presse prinzip problem produkt produktion programm projekt protokoll prozess prufer prufung pumpe punkt qualitat quelle quote rabatt rad rahmen rat rate raum recht rechner rechnung regel regelung regierung region reihe reise rente reparatur revision rezept richtlinie risiko rohr rolle rucksendung sache satz schaden schalter schein schicht schiff schloss schluss schlussel schrift schritt schuld schule schuler schulung schutz seite sektor sender sensor service sicherheit sicherung signal sitz sitzung software sohn sonder speicher spiel sport sprache staat stadt stand standard standort station statistik stelle steuer steuerung stoff storung strasse strecke strom struktur stuck student studie stufe stunde summe system tabelle tafel tag tarif tatigkeit team technik teil teilnehmer telefon termin test text tisch titel tochter transport trager typ uberprufung uberstunden uberweisung ubung uhr umfang umsatz umwelt unfall unternehmen unterricht unterschrift untersuchung urlaub ursache urteil ventil veranstaltung verband verbindung verbrauch verein vereinbarung verfahren verfassung vergutung verhaltnis verkauf verkehr verlag verlust vermogen verordnung versand verschleiss version versicherung versorgung verteilung vertrag vertreter vertretung vertrieb verwaltung verzeichnis volk vorgang vorlage vorschrift vorstand vorteil wachstum wagen wahl wand ware warnung wartung wasser wechsel weg wein welt werbung werk werkzeug wert wesen wetter wirkung wirtschaft wissen woche wohnung wort zahl zahlung zeichen zeichnung zeile zeit zeitung zelle zentrale zentrum zeugnis ziel zimmer zins zoll zone zufriedenheit zugang zulage zusage zuschlag zuschuss zustand zustimmung zweck";
const DUTCH: &str = "aanbod aanvraag accijns adres afdeling afspraak apparaat arbeid artikel auto bank bedrag bedrijf begroting beheer belang belasting bericht beroep besluit bestand bestuur betaling bewijs bijdrage boek brief bureau cijfer cursus dag data deel dienst document duur eigenaar einde fabriek factuur fiets formulier functie gebied gebouw gegevens geld gemeente groep handel hulp huis huur huurder inkomen inkoop jaar kaart kamer kantoor kennis kind klant kosten kracht kwaliteit land leiding lening levering leverancier lijst loon machine markt materiaal meester middel nummer onderhoud onderneming onderzoek ontwikkeling opdracht opleiding opslag overeenkomst overzicht partij pensioen plaats plan plicht prijs procedure product project punt raad rapport recht regel regeling rekening rente richtlijn ruimte school schade soort staat stad stelsel stroom systeem taal tarief termijn tijd toeslag uitgave uren vakantie vergadering vergunning verkeer verkoop verlof vermogen verslag vervoer verzekering voorraad voorwaarde vraag waarde water weg werk werkgever werknemer werkzaamheid wet winst woning zaak zorg";
const SWEDISH: &str = "ansvar anmalan ansokan arbete arbetare avdelning avgift avtal barn belopp beslut bidrag bolag bok bostad dag dator del dokument enhet fabrik faktura foretag forsakring forsaljning forvaltning fraga garanti grupp handel hus hyra information inkomst intyg kalkyl kod kommun konto kontor kontroll kort kostnad kraft kund kvalitet kurs land lag lager ledning leverans lista lon machine marknad maskin material medel medlem mote motor namn nivá nummer ombud omrade order ordning pension period plan plats policy post pris produkt projekt protokoll punkt rapport ratt regel resa risk rum sakerhet samtal skada skatt skola skydd skyldighet spraak stad stod storlek system tabell teknik tid tjanst utbildning utveckling varde vatten vecka villkor vard vag verksamhet ar";
const DANO_NORWEGIAN: &str = "adresse afdeling avdeling aftale avtale ansvar ansogning arbejde arbeid arbejder barn belob belop bestyrelse styre bevis bidrag bog bok bolig by dag data del dokument enhed enhet fabrik faktura firma forening forhold forretning forsikring frist garanti gebyr gruppe handel hus husleje husleie hjelp hjaelp information inntekt indkomst job jobb konto kontor kontrol kontroll kort kost kostnad kraft kunde kvalitet kurs land ledelse leder levering leverandor liste lon lonn lov marked materiale medarbejder medarbeider medlem melding mote mode navn nummer omrade ordning oversigt oversikt pension pensjon periode plads plass plan pligt plikt politik pris produkt prosjekt projekt protokol punkt rapport ret rett regel regning regnskab regnskap rejse reise rente risiko rum rom sag sak salg selskab selskap sikkerhed sikkerhet skade skat skatt skole sprog sprak stat sted storrelse stotte system tabel tabell tid tjeneste uddannelse utdanning udvikling utvikling vaerdi verdi vand vann vare vedligeholdelse vedlikehold vej vei vilkar virksomhed virksomhet ydelse ytelse ar";

/// What stands before a word without making a compound of it.
const PREFIXES: &[&str] = &[
    "unter",
    "uber",
    "durch",
    "wieder",
    "gegen",
    "zusammen",
    "zuruck",
    "nieder",
    "hinter",
    "vorher",
    "nach",
    "auseinander",
    "onder",
    "over",
    "door",
    "tegen",
    "voor",
    "under",
    "fram",
    "efter",
    "etter",
    "imod",
    "emot",
];

/// The parts of a word (in lower case) as terms, without the word itself; empty for what is no compound.
pub(crate) fn parts(word: &str, language: Language) -> Vec<String> {
    let plain = unmarked(word);
    if !language.compounds() || plain.len() < SHORTEST || plain.len() > LONGEST || !plain.is_ascii() {
        return Vec::new();
    }
    let mut found = Vec::new();
    cut(&plain, language, list(language), &mut found);
    let mut terms: Vec<String> = found.into_iter().map(|part| stem_lowered(&part, Some(language))).collect();
    terms.dedup();
    terms
}

fn cut(word: &str, language: Language, list: &HashSet<&'static str>, found: &mut Vec<String>) {
    let Some((before, after)) = place(word, language, list) else { return };
    for side in [before, after] {
        let length = found.len();
        if side.len() >= SHORTEST {
            cut(&side, language, list, found);
        }
        if found.len() == length {
            found.push(side);
        }
    }
}

/// The two sides of the best place to cut: both on the list, else the longer known end, else the longer known beginning.
fn place(word: &str, language: Language, list: &HashSet<&'static str>) -> Option<(String, String)> {
    let mut best: Option<(usize, usize, String, String)> = None;
    for at in SIDE..=word.len().checked_sub(SIDE)? {
        let (before, after) = word.split_at(at);
        if PREFIXES.contains(&before) {
            continue;
        }
        let head = base(after, &["", "s", "n", "e", "en", "er", "es", "ern", "r", "et", "ar", "or"], list);
        let first = base(before, joints(language), list);
        let (rank, length) = match (&first, &head) {
            (Some(first), Some(head)) => (3, 2 * (first.len() + head.len())),
            (None, Some(head)) => (2, 2 * head.len()),
            // An s in between belongs to neither.
            (Some(first), None) if after.len() > SIDE => {
                (1, 2 * first.len() + usize::from(before.strip_suffix('s') == Some(*first)))
            }
            _ => continue,
        };
        if best.as_ref().is_none_or(|(r, l, ..)| (rank, length) > (*r, *l)) {
            let unjoined = || {
                let joined =
                    before.strip_suffix('s').filter(|_| before.len() > SIDE + 1 && !before.ends_with("ss"));
                joined.unwrap_or(before).to_owned()
            };
            best = Some((rank, length, first.map_or_else(unjoined, str::to_owned), after.to_owned()));
        }
    }
    best.map(|(_, _, before, after)| (before, after))
}

/// What joins two parts.
const fn joints(language: Language) -> &'static [&'static str] {
    match language {
        Language::German => &["", "s", "es", "n", "en", "er", "e"],
        Language::Dutch => &["", "s", "en", "e", "n", "er"],
        _ => &["", "s", "e"],
    }
}

fn base<'a>(word: &'a str, endings: &[&str], list: &HashSet<&'static str>) -> Option<&'a str> {
    endings
        .iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .find(|base| base.len() >= 3 && list.contains(base))
}

fn list(language: Language) -> &'static HashSet<&'static str> {
    static LISTS: OnceLock<[HashSet<&'static str>; 4]> = OnceLock::new();
    let lists = LISTS
        .get_or_init(|| [GERMAN, DUTCH, SWEDISH, DANO_NORWEGIAN].map(|words| words.split(' ').collect()));
    match language {
        Language::Dutch => &lists[1],
        Language::Swedish => &lists[2],
        Language::Danish | Language::Norwegian => &lists[3],
        _ => &lists[0],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stem::stem;

    fn finds(language: Language, word: &str, parts_of_it: &[&str]) {
        let found = parts(&crate::fold::lower(word, Some(language)), language);
        for part in parts_of_it {
            assert!(found.contains(&stem(part, Some(language))), "{word} by {part}: {found:?}");
        }
    }

    #[test]
    fn compounds_have_their_parts() {
        finds(Language::German, "Kündigungsfrist", &["Kündigung", "Frist"]);
        finds(Language::German, "Kündigungsfristen", &["Kündigung", "Fristen"]);
        finds(Language::German, "KRANKENVERSICHERUNGSBEITRAG", &["Versicherung", "Beitrag"]);
        finds(Language::German, "Mietvertrag", &["Vertrag", "Verträge"]);
        finds(Language::German, "Wartungsintervall", &["Wartung", "Intervall"]);
        finds(Language::Dutch, "huurovereenkomst", &["huur", "overeenkomst"]);
        finds(Language::Swedish, "försäkringsavgift", &["försäkring", "avgift"]);
        finds(Language::Danish, "arbejdsaftale", &["aftale"]);
    }

    #[test]
    fn what_is_no_compound_stays_whole() {
        for word in
            ["abteilung", "unterlagen", "mitarbeiter", "erscheinen", "versammlung", "interessant", "kestrel"]
        {
            assert_eq!(parts(word, Language::German), Vec::<String>::new(), "{word}");
        }
        assert_eq!(parts("contractor", Language::English), Vec::<String>::new());
    }
}

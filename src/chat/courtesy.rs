//! Words of courtesy around a question: they ask nothing, and no document has them.

use super::ways::kind;

/// What may stand before a question, in small letters without signs.
const BEFORE: &[&str] = &[
    "please",
    "kindly",
    "hi",
    "hello",
    "hey",
    "sorry",
    "excuse me",
    "quick question",
    "just",
    "tell me",
    "let me know",
    "remind me",
    "give me",
    "do you know",
    "does anyone know",
    "may i ask",
    "can i ask",
    "i wonder",
    "i was wondering",
    "i am wondering",
    "i want to know",
    "i need to know",
    "i would like to know",
    "i d like to know",
    "i would like",
    "i d like",
    "i would be grateful to know",
    "i would be glad to know",
    "i d be grateful to know",
    "i would be grateful if you could tell me",
    "i am looking for",
    "i m looking for",
    "i am trying to find out",
    "could you tell me",
    "could you please tell me",
    "can you tell me",
    "can you please tell me",
    "would you tell me",
    "could you give me",
    "can you give me",
    "could you remind me",
    "can you remind me",
    "could you let me know",
    "can you let me know",
    "bitte",
    "hallo",
    "guten tag",
    "entschuldigung",
    "kurze frage",
    "sag mir",
    "sage mir",
    "sagen sie mir",
    "nenne mir",
    "nennen sie mir",
    "gib mir",
    "geben sie mir",
    "weißt du",
    "wisst ihr",
    "wissen sie",
    "ich wüsste gern",
    "ich wüsste gerne",
    "ich möchte wissen",
    "ich möchte gern wissen",
    "ich möchte gerne wissen",
    "ich hätte gern gewusst",
    "ich hätte gerne gewusst",
    "mich würde interessieren",
    "kannst du mir sagen",
    "könntest du mir sagen",
    "können sie mir sagen",
    "könnten sie mir sagen",
    "könnt ihr mir sagen",
    "kannst du mir bitte sagen",
    "können sie mir bitte sagen",
    "könnten sie mir bitte sagen",
    "s il vous plaît",
    "s il te plaît",
    "bonjour",
    "dis moi",
    "dites moi",
    "donne moi",
    "donnez moi",
    "sais tu",
    "savez vous",
    "je voudrais savoir",
    "j aimerais savoir",
    "je souhaite savoir",
    "je souhaiterais savoir",
    "peux tu me dire",
    "pouvez vous me dire",
    "pourrais tu me dire",
    "pourriez vous me dire",
    "por favor",
    "hola",
    "buenos días",
    "dime",
    "dígame",
    "sabes",
    "quiero saber",
    "quisiera saber",
    "me gustaría saber",
    "puedes decirme",
    "puede decirme",
    "podrías decirme",
    "podría decirme",
    "me puedes decir",
    "me puede decir",
    "me podrías decir",
    "me podría decir",
    "per favore",
    "vorrei sapere",
    "può dirmi",
    "potrebbe dirmi",
    "mi può dire",
    "alsjeblieft",
    "alstublieft",
    "ik wil graag weten",
    "kun je me vertellen",
    "kunt u mij vertellen",
    "gostaria de saber",
    "pode me dizer",
];

/// What may stand behind one.
const BEHIND: &[&str] = &[
    "please",
    "thanks",
    "thank you",
    "many thanks",
    "bitte",
    "danke",
    "vielen dank",
    "merci",
    "merci d avance",
    "s il vous plaît",
    "s il te plaît",
    "por favor",
    "gracias",
    "per favore",
    "grazie",
    "alsjeblieft",
    "alstublieft",
    "bedankt",
    "obrigado",
    "obrigada",
];

/// Words that a question keeps, at least.
const LEAST: usize = 3;

/// The question itself; all of it where it would be a question of another kind.
pub(super) fn without(question: &str) -> &str {
    let mut bare = question.trim();
    while let Some(rest) =
        BEFORE.iter().filter_map(|phrase| behind(bare, phrase)).min_by_key(|rest| rest.len())
    {
        bare = rest;
    }
    while let Some(rest) = BEHIND.iter().find_map(|phrase| before(bare, phrase)) {
        bare = rest;
    }
    let enough = bare.split_whitespace().count() >= LEAST;
    if enough && kind::of(bare) == kind::of(question) { bare } else { question }
}

/// What follows a phrase that a text begins with.
fn behind<'a>(text: &'a str, phrase: &str) -> Option<&'a str> {
    let mut rest = text;
    for word in phrase.split(' ') {
        rest = rest.trim_start_matches(is_sign);
        let end = rest.find(is_sign).unwrap_or(rest.len());
        if rest[..end].to_lowercase() != word {
            return None;
        }
        rest = &rest[end..];
    }
    let rest = rest
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '.' | '!' | '-' | '–'));
    (!rest.is_empty()).then_some(rest)
}

/// What stands before a phrase that a text ends with.
fn before<'a>(text: &'a str, phrase: &str) -> Option<&'a str> {
    let mut rest = text;
    for word in phrase.rsplit(' ') {
        rest = rest.trim_end_matches(is_sign);
        let from =
            rest.rfind(is_sign).map_or(0, |at| at + rest[at..].chars().next().map_or(1, char::len_utf8));
        if rest[from..].to_lowercase() != word {
            return None;
        }
        rest = &rest[..from];
    }
    let rest = rest.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–'));
    (!rest.is_empty()).then_some(rest)
}

fn is_sign(c: char) -> bool {
    !c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn words_of_courtesy_are_taken_off() {
        for (said, asked) in [
            ("Could you please tell me when the kiln opens?", "when the kiln opens?"),
            ("Hello, I'd like to know who keeps the kiln, please.", "who keeps the kiln"),
            ("I would be grateful to know where the kiln stands.", "where the kiln stands."),
            ("Können Sie mir bitte sagen, wann der Ofen öffnet?", "wann der Ofen öffnet?"),
            ("Pourriez-vous me dire quand ouvre le four ?", "quand ouvre le four ?"),
            ("¿Me podría decir cuándo abre el horno?", "cuándo abre el horno?"),
            ("When does the kiln open? Thanks!", "When does the kiln open?"),
        ] {
            assert_eq!(without(said), asked);
        }
    }

    #[test]
    fn what_asks_stays() {
        for asked in ["When does the kiln open?", "Can you fire glass in the kiln?", "Tell me more", "please"]
        {
            assert_eq!(without(asked), asked);
        }
    }
}

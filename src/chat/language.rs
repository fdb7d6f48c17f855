//! Which language a question is in, and how to say in it that the documents hold no answer.

use unicode_segmentation::UnicodeSegmentation;
use whatlang::{Detector, Lang};

/// A language we can answer in without a model.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// ISO 639-1.
    pub code: &'static str,
    /// In English, for the model's instructions.
    pub name: &'static str,
    /// What the answer says when nothing relevant was found.
    pub no_answer: &'static str,
    /// What stands before passages that may hold one all the same.
    pub nearest: &'static str,
    lang: Lang,
    /// Small words that questions are made of. They decide better than statistics on so short a text.
    words: &'static [&'static str],
}

pub static LANGUAGES: &[Language] = &[
    Language {
        code: "en",
        name: "English",
        no_answer: "The documents of this project do not contain an answer to this question.",
        nearest: "What comes nearest, and may not answer it:",
        lang: Lang::Eng,
        words: &[
            "a", "an", "and", "are", "can", "did", "do", "does", "for", "has", "have", "how", "i", "is",
            "it", "many", "much", "of", "on", "please", "show", "tell", "that", "the", "their", "there",
            "they", "this", "to", "we", "what", "when", "where", "which", "who", "why", "with", "you",
        ],
    },
    Language {
        code: "de",
        name: "German",
        no_answer: "Die Dokumente dieses Projekts enthalten keine Antwort auf diese Frage.",
        nearest: "Am nächsten kommt, ohne dass es sie beantworten muss:",
        lang: Lang::Deu,
        words: &[
            "auf", "bei", "bitte", "das", "dem", "den", "der", "die", "ein", "eine", "einen", "es", "fasse",
            "für", "gibt", "haben", "hat", "hatte", "hatten", "ich", "im", "ist", "kann", "mit", "nicht",
            "sind", "und", "von", "wann", "vom", "warum", "was", "welche", "welchem", "welchen", "welcher",
            "welches", "wer", "wie", "wir", "wird", "wo", "zu", "zum", "zur", "zusammen", "über",
        ],
    },
    Language {
        code: "fr",
        name: "French",
        no_answer: "Les documents de ce projet ne contiennent pas de réponse à cette question.",
        nearest: "Ce qui s’en approche le plus, sans forcément y répondre :",
        lang: Lang::Fra,
        words: &[
            "au", "aux", "avec", "c", "ce", "combien", "comment", "d", "dans", "de", "des", "du", "en",
            "est", "et", "il", "je", "l", "la", "le", "les", "mais", "où", "par", "pas", "pour", "pourquoi",
            "qu", "quand", "que", "quel", "quelle", "quelles", "quels", "qui", "quoi", "sont", "un", "une",
            "à",
        ],
    },
    Language {
        code: "es",
        name: "Spanish",
        no_answer: "Los documentos de este proyecto no contienen una respuesta a esta pregunta.",
        nearest: "Lo que más se acerca, aunque quizá no la responda:",
        lang: Lang::Spa,
        words: &[
            "al", "con", "cuál", "cuáles", "cuando", "cuándo", "cuántas", "cuánto", "cuántos", "cómo", "de",
            "del", "dónde", "el", "en", "es", "está", "hay", "la", "las", "los", "para", "por", "qué",
            "quién", "se", "son", "un", "una", "y",
        ],
    },
    Language {
        code: "it",
        name: "Italian",
        no_answer: "I documenti di questo progetto non contengono una risposta a questa domanda.",
        nearest: "Ciò che più si avvicina, ma forse non risponde:",
        lang: Lang::Ita,
        words: &[
            "che", "chi", "come", "con", "cosa", "dei", "del", "della", "di", "dove", "gli", "i", "il", "in",
            "la", "le", "lo", "nel", "nella", "non", "per", "perché", "qual", "quale", "quali", "quando",
            "quanti", "quanto", "sono", "un", "una", "è",
        ],
    },
    Language {
        code: "pt",
        name: "Portuguese",
        no_answer: "Os documentos deste projeto não contêm uma resposta a esta pergunta.",
        nearest: "O que mais se aproxima, mas talvez não responda:",
        lang: Lang::Por,
        words: &[
            "ao", "as", "com", "como", "da", "das", "de", "do", "dos", "e", "em", "há", "na", "no", "não",
            "o", "onde", "os", "para", "por", "qual", "quais", "quando", "quanto", "quantos", "que", "quem",
            "são", "um", "uma", "é",
        ],
    },
    Language {
        code: "nl",
        name: "Dutch",
        no_answer: "De documenten van dit project bevatten geen antwoord op deze vraag.",
        nearest: "Wat er het dichtst bij komt, maar misschien geen antwoord is:",
        lang: Lang::Nld,
        words: &[
            "aan", "de", "een", "en", "er", "het", "hoe", "hoeveel", "ik", "in", "is", "kan", "met", "naar",
            "niet", "op", "te", "van", "voor", "waar", "waarom", "wanneer", "wat", "welk", "welke", "wie",
            "wij", "worden", "wordt", "zijn",
        ],
    },
    Language {
        code: "pl",
        name: "Polish",
        no_answer: "Dokumenty tego projektu nie zawierają odpowiedzi na to pytanie.",
        nearest: "Najbliższy fragment, który może nie być odpowiedzią:",
        lang: Lang::Pol,
        words: &[
            "co", "czy", "dla", "do", "dlaczego", "gdzie", "ile", "jak", "jaka", "jaki", "jakie", "jest",
            "kiedy", "kto", "która", "które", "który", "na", "nie", "o", "od", "po", "się", "są", "w", "z",
            "za",
        ],
    },
    Language {
        code: "sv",
        name: "Swedish",
        no_answer: "Projektets dokument innehåller inget svar på den här frågan.",
        nearest: "Det som ligger närmast, men kanske inte svarar på den:",
        lang: Lang::Swe,
        words: &[
            "att", "av", "den", "det", "en", "ett", "finns", "för", "hur", "i", "inte", "jag", "man", "med",
            "många", "när", "och", "om", "på", "som", "till", "vad", "var", "varför", "vem", "vilka",
            "vilken", "vilket", "är",
        ],
    },
    Language {
        code: "tr",
        name: "Turkish",
        no_answer: "Bu projenin belgeleri bu sorunun yanıtını içermiyor.",
        nearest: "En yakın olan, ama yanıt olmayabilir:",
        lang: Lang::Tur,
        words: &[
            "bir", "bu", "da", "de", "hangi", "için", "ile", "kaç", "kim", "mi", "mu", "mı", "nasıl", "ne",
            "neden", "nedir", "nerede", "var", "ve",
        ],
    },
    Language {
        code: "ru",
        name: "Russian",
        no_answer: "В документах этого проекта нет ответа на этот вопрос.",
        nearest: "Ближе всего к нему, но, возможно, это не ответ:",
        lang: Lang::Rus,
        words: &[
            "в",
            "где",
            "для",
            "и",
            "из",
            "как",
            "какая",
            "какие",
            "какой",
            "когда",
            "кто",
            "ли",
            "на",
            "не",
            "о",
            "по",
            "почему",
            "с",
            "сколько",
            "что",
            "это",
        ],
    },
    Language {
        code: "uk",
        name: "Ukrainian",
        no_answer: "Документи цього проєкту не містять відповіді на це запитання.",
        nearest: "Найближче до нього, але, можливо, це не відповідь:",
        lang: Lang::Ukr,
        words: &[
            "в", "де", "для", "з", "коли", "на", "не", "про", "та", "хто", "це", "чи", "чому", "що", "як",
            "яка", "який", "які", "є", "і",
        ],
    },
    Language {
        code: "zh",
        name: "Chinese",
        no_answer: "本项目的文档中没有这个问题的答案。",
        nearest: "最接近的内容（不一定是答案）：",
        lang: Lang::Cmn,
        words: &[],
    },
    Language {
        code: "ja",
        name: "Japanese",
        no_answer: "このプロジェクトの文書には、この質問への答えがありません。",
        nearest: "最も近い内容（答えではない可能性があります）：",
        lang: Lang::Jpn,
        words: &[],
    },
    Language {
        code: "ko",
        name: "Korean",
        no_answer: "이 프로젝트의 문서에는 이 질문에 대한 답이 없습니다.",
        nearest: "가장 가까운 내용(답이 아닐 수 있음):",
        lang: Lang::Kor,
        words: &[],
    },
    Language {
        code: "ar",
        name: "Arabic",
        no_answer: "لا تحتوي مستندات هذا المشروع على إجابة عن هذا السؤال.",
        nearest: "الأقرب إليها، وقد لا يجيب عنها:",
        lang: Lang::Ara,
        words: &[
            "أين",
            "إلى",
            "الذي",
            "على",
            "عن",
            "في",
            "كم",
            "كيف",
            "لماذا",
            "ما",
            "ماذا",
            "متى",
            "من",
            "هل",
            "هو",
            "هي",
        ],
    },
];

/// The language of a question. One small word is no proof: where the question does not tell for sure, what the passages
/// found are in and what was asked before decide, then the word, and else English.
pub fn language_of(question: &str, before: Option<&str>, passage: Option<&str>) -> &'static Language {
    let votes = by_words(question);
    if let [(best, most), rest @ ..] = &votes[..]
        && *most >= 2
        && rest.first().is_none_or(|(_, next)| 2 * next <= *most)
    {
        return best;
    }
    let script = whatlang::detect(question).filter(|info| !matches!(info.script(), whatlang::Script::Latin));
    if let Some(known) = script.and_then(|info| of(info.lang())) {
        return known;
    }
    let likely = |language: &&'static Language| votes.iter().any(|(voted, _)| voted.code == language.code);
    let passage = passage.and_then(of_text);
    let before = before.and_then(told);
    // A word and the letters that speak for one language are more than a word.
    let letters = whatlang::detect(question).and_then(|info| of(info.lang())).filter(likely);
    let fits = before.filter(likely).or_else(|| passage.filter(likely)).or(letters);
    fits.or(before).or(passage).or_else(|| told(question)).unwrap_or(&LANGUAGES[0])
}

/// The language of a text that is long enough to tell.
fn of_text(text: &str) -> Option<&'static Language> {
    let info = whatlang::detect(text).filter(whatlang::Info::is_reliable)?;
    of(info.lang())
}

fn of(lang: Lang) -> Option<&'static Language> {
    LANGUAGES.iter().find(|language| language.lang == lang)
}

fn told(text: &str) -> Option<&'static Language> {
    let votes = by_words(text);
    let most = votes.first().map(|(_, most)| *most);
    let best: Vec<&'static Language> =
        votes.iter().filter(|(_, hits)| Some(*hits) == most).map(|(language, _)| *language).collect();
    match best[..] {
        [] => by_statistics(text),
        [only] => Some(only),
        _ => {
            let among = Detector::with_allowlist(best.iter().map(|language| language.lang).collect());
            let lang = among.detect_lang(text)?;
            best.into_iter().find(|language| language.lang == lang)
        }
    }
}

/// The languages that small words of the text belong to, with how many do, the likeliest first.
fn by_words(text: &str) -> Vec<(&'static Language, usize)> {
    let words: Vec<String> = text.unicode_words().map(str::to_lowercase).collect();
    let hits =
        |language: &Language| words.iter().filter(|word| language.words.contains(&word.as_str())).count();
    let mut votes: Vec<(&'static Language, usize)> =
        LANGUAGES.iter().map(|language| (language, hits(language))).filter(|(_, hits)| *hits > 0).collect();
    votes.sort_by_key(|(_, hits)| std::cmp::Reverse(*hits));
    votes
}

fn by_statistics(text: &str) -> Option<&'static Language> {
    let info = whatlang::detect(text)?;
    // Some scripts belong to one language; among the others, short texts are guesses.
    let sure = info.confidence() > 0.5 || !matches!(info.script(), whatlang::Script::Latin);
    LANGUAGES.iter().find(|language| sure && language.lang == info.lang())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_questions_are_told_apart() {
        for (question, code) in [
            ("What do kestrels eat?", "en"),
            ("Was fressen Turmfalken?", "de"),
            ("Wie hoch ist die Miete?", "de"),
            ("Welchen Bestand hatte Alder?", "de"),
            ("Fasse alle Protokolle zusammen", "de"),
            ("Quelle est la durée du contrat ?", "fr"),
            ("Qu'est-ce que le faucon mange ?", "fr"),
            ("¿Cuál es el plazo de entrega?", "es"),
            ("Qual è il prezzo della casa?", "it"),
            ("Qual é o preço da casa?", "pt"),
            ("Wat eten torenvalken?", "nl"),
            ("Co je pustułka?", "pl"),
            ("Что едят пустельги?", "ru"),
            ("Що їдять боривітри?", "uk"),
            ("红隼吃什么？", "zh"),
            ("チョウゲンボウは何を食べますか？", "ja"),
            ("황조롱이는 무엇을 먹나요?", "ko"),
            ("Vad äter tornfalkar?", "sv"),
            ("ماذا يأكل العوسق؟", "ar"),
        ] {
            assert_eq!(language_of(question, None, None).code, code, "{question}");
        }
    }

    #[test]
    fn what_cannot_be_told_is_as_before_or_english() {
        assert_eq!(language_of("GmbH?", Some("Wer ist der Geschäftsführer?"), None).code, "de");
        assert_eq!(language_of("42", None, None).code, "en");
        assert_eq!(language_of("", None, None).code, "en");
    }

    #[test]
    fn one_small_word_does_not_decide_against_the_documents() {
        let passage = "The notice period of the lease is three months to the end of a quarter, and it must be in writing.";
        for question in ["Notice period in lease contract Hamburg?", "Deposit amount op Hamburg site?"] {
            assert_eq!(language_of(question, None, Some(passage)).code, "en", "{question}");
        }
    }

    #[test]
    fn every_language_has_its_own_words() {
        for language in LANGUAGES {
            assert!(!language.no_answer.is_empty());
            assert_eq!(LANGUAGES.iter().filter(|other| other.code == language.code).count(), 1);
        }
    }
}

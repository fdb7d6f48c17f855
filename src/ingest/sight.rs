//! Pages whose text is only to be seen: what the recogniser makes of them.

use std::io::{Read, Seek, SeekFrom};

use super::error::IngestError;
use docent_domain::document::Verdict;
use docent_extract::{Format, Page};
use docent_recognise::{Kind, Layout, RecogniseError, Recognised, Recognisers, Recognition};
use docent_store::PageSight;

/// Below this mean confidence a reader is told so, in thousandths.
const DOUBTFUL: i64 = 850;

/// The eyes of one reading.
pub(super) struct Sight {
    kind: Option<Kind>,
    recognition: Option<Recognition>,
}

impl Sight {
    /// None for formats without pages to look at, and where recognition is off.
    pub(super) fn open(
        recognisers: Option<&Recognisers>,
        format: Format,
        file: &std::fs::File,
    ) -> Result<Self, IngestError> {
        let kind = match format {
            Format::Pdf => Some(Kind::Pdf),
            format if format.is_picture() => Some(Kind::Picture),
            Format::Docx => Some(Kind::Package(Layout::Word)),
            Format::Pptx => Some(Kind::Package(Layout::Slides)),
            Format::Epub => Some(Kind::Package(Layout::Book)),
            _ => None,
        };
        let kind = match kind {
            Some(Kind::Package(_)) if !names_pictures(file).unwrap_or(false) => None,
            kind => kind,
        };
        let usable = recognisers.filter(|it| kind != Some(Kind::Pdf) || it.renders());
        let recognition = match (usable, kind) {
            (Some(recognisers), Some(kind)) => {
                let file = file.try_clone().map_err(|error| IngestError::Broken(error.to_string()))?;
                Some(recognisers.open(file, kind).map_err(|error| IngestError::Broken(error.to_string()))?)
            }
            _ => None,
        };
        Ok(Self { kind, recognition })
    }

    pub(super) const fn wants(&self, page: &Page) -> bool {
        let unread = matches!(page.verdict, Verdict::NeedsOcr | Verdict::Garbled)
            || page.doubtful
            // Letters that are drawn as shapes are neither text nor pictures.
            || matches!((page.verdict, self.kind), (Verdict::Empty, Some(Kind::Pdf)));
        let holds_pictures = page.pictures || matches!(self.kind, Some(Kind::Package(_)));
        self.recognition.is_some() && (unread || holds_pictures)
    }

    /// The page with what is to be seen on it. A page that cannot be recognised stays as it is, with a remark.
    pub(super) async fn look(&mut self, mut page: Page) -> (Page, Option<PageSight>) {
        let Some(recognition) = self.recognition.as_mut() else { return (page, None) };
        let beside_text = page.verdict == Verdict::Text && !page.doubtful;
        match recognition.page(page.number, beside_text).await {
            Ok(seen) if beside_text => beside(page, seen),
            Ok(seen) => with_sight(page, seen),
            Err(RecogniseError::Unavailable(reason)) => {
                tracing::warn!(reason, "Text recognition is not available");
                self.recognition = None;
                (page, None)
            }
            Err(error) => {
                page.warning = Some(format!("Page {} could not be recognised: {error}", page.number));
                (page, None)
            }
        }
    }
}

/// Whether the list of parts at the end of a zip archive has a picture in it: if not, no process is started to look.
fn names_pictures(file: &std::fs::File) -> std::io::Result<bool> {
    const LIST: u64 = 1 << 20;
    let mut file = file.try_clone()?;
    let size = file.metadata()?.len();
    file.seek(SeekFrom::Start(size.saturating_sub(LIST)))?;
    let mut list = Vec::new();
    file.take(LIST).read_to_end(&mut list)?;
    list.make_ascii_lowercase();
    let holds = |ending: &str| list.windows(ending.len()).any(|part| part == ending.as_bytes());
    Ok([".png", ".jpg", ".jpe", ".jfif", ".tif", ".bmp", ".webp"].iter().any(|ending| holds(ending)))
}

/// A page that has text of its own, and pictures with more.
fn beside(mut page: Page, mut seen: Recognised) -> (Page, Option<PageSight>) {
    if seen.text.is_empty() || !seen.readable {
        return (page, None);
    }
    page.text.push_str("\n\n");
    let before = page.text.len();
    page.text.push_str(&seen.text);
    seen.words.iter_mut().for_each(|word| word.start += before);
    seen.text.clone_from(&page.text);
    let sight = PageSight {
        number: page.number,
        confidence: thousandths(seen.confidence),
        turned: seen.turned,
        words: in_code_points(&seen),
        recogniser: seen.by,
    };
    (page, Some(sight))
}

fn thousandths(confidence: f32) -> i64 {
    (f64::from(confidence) * 1000.0).round() as i64
}

fn with_sight(mut page: Page, seen: Recognised) -> (Page, Option<PageSight>) {
    let number = page.number;
    if seen.text.is_empty() {
        // A garbled text that nothing is to be seen of stays garbled.
        if page.verdict == Verdict::NeedsOcr {
            (page.verdict, page.warning) = (Verdict::Empty, None);
        }
        return (page, None);
    }
    if !seen.readable && page.doubtful {
        // Its own text is what there is.
        return (page, None);
    }
    if !seen.readable {
        page.warning = Some(format!(
            "The writing on page {number} could not be made out; where its script is one that the installed models \
             lack, Tesseract with that language helps"
        ));
        return (page, None);
    }
    let confidence = thousandths(seen.confidence);
    page.warning = (confidence < DOUBTFUL).then(|| {
        let percent = (confidence + 5) / 10;
        format!("Page {number} was recognised with a confidence of {percent} %; compare it with the picture")
    });
    page.verdict = Verdict::Ocr;
    page.markdown = false;
    page.tables.clear();
    page.headings.retain(|heading| heading.start == 0);
    let words = in_code_points(&seen);
    let sight = PageSight { number, recogniser: seen.by, confidence, turned: seen.turned, words };
    page.text = seen.text;
    (page, Some(sight))
}

/// Words are counted in bytes by those who write them, and in code points by those who read them.
fn in_code_points(seen: &Recognised) -> Vec<[i64; 6]> {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let (mut at, mut points) = (0, 0);
    let placed = seen.words.iter().filter_map(|word| {
        points += number(seen.text.get(at..word.start)?.chars().count());
        at = word.start;
        let length = number(seen.text.get(at..at + word.len)?.chars().count());
        let [left, top, right, bottom] = word.area.map(i64::from);
        Some([points, length, left, top, right, bottom])
    });
    placed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use docent_recognise::Word;

    fn picture() -> Page {
        Page {
            number: 3,
            numbered: true,
            text: String::new(),
            verdict: Verdict::NeedsOcr,
            headings: Vec::new(),
            tables: Vec::new(),
            markdown: false,
            pictures: false,
            doubtful: false,
            warning: Some("The page is a picture; its text needs OCR".to_owned()),
        }
    }

    fn seen(text: &str, confidence: f32) -> Recognised {
        let words = vec![
            Word { start: 0, len: 6, area: [1, 2, 3, 4] },
            Word { start: 7, len: 3, area: [5, 6, 7, 8] },
        ];
        Recognised {
            text: text.to_owned(),
            words,
            confidence,
            turned: 90,
            readable: true,
            by: "pp-ocr".to_owned(),
        }
    }

    #[test]
    fn what_is_seen_becomes_the_text() {
        let (page, sight) = with_sight(picture(), seen("größ text", 0.97));
        assert_eq!((page.verdict, page.text.as_str(), page.warning), (Verdict::Ocr, "größ text", None));
        let sight = sight.unwrap();
        assert_eq!((sight.confidence, sight.turned), (970, 90));
        assert_eq!(sight.words, [[0, 4, 1, 2, 3, 4], [5, 3, 5, 6, 7, 8]]);
    }

    #[test]
    fn a_bad_text_layer_gives_way_to_what_is_seen() {
        let layer =
            || Page { text: "gr0ß t£xt".to_owned(), verdict: Verdict::Text, doubtful: true, ..picture() };
        let (page, sight) = with_sight(layer(), seen("größ text", 0.97));
        assert_eq!((page.verdict, page.text.as_str(), page.warning), (Verdict::Ocr, "größ text", None));
        assert!(sight.is_some());
        let nothing = Recognised { text: String::new(), words: Vec::new(), ..seen("", 0.0) };
        for unread in [nothing, Recognised { readable: false, ..seen("größ text", 0.4) }] {
            assert_eq!(with_sight(layer(), unread), (layer(), None), "its own text is kept");
        }
    }

    #[test]
    fn pictures_beside_text_come_behind_it() {
        let own = Page {
            text: "Maß und".to_owned(),
            verdict: Verdict::Text,
            pictures: true,
            warning: None,
            ..picture()
        };
        let (page, sight) = beside(own.clone(), seen("größ text", 0.9));
        assert_eq!((page.verdict, page.text.as_str()), (Verdict::Text, "Maß und\n\ngröß text"));
        assert_eq!(sight.unwrap().words, [[9, 4, 1, 2, 3, 4], [14, 3, 5, 6, 7, 8]]);
        let nothing = Recognised { text: String::new(), words: Vec::new(), ..seen("", 0.0) };
        assert_eq!(beside(own.clone(), nothing), (own, None));
    }

    #[test]
    fn doubt_is_said_and_nonsense_left_out() {
        let (page, _) = with_sight(picture(), seen("größ text", 0.7));
        assert_eq!(page.verdict, Verdict::Ocr);
        assert!(page.warning.unwrap().contains("70 %"));
        let (page, sight) = with_sight(picture(), Recognised { readable: false, ..seen("größ text", 0.4) });
        assert_eq!((page.verdict, page.text.as_str(), sight), (Verdict::NeedsOcr, "", None));
        let nothing = Recognised { text: String::new(), words: Vec::new(), ..seen("", 0.0) };
        let (page, _) = with_sight(picture(), nothing);
        assert_eq!((page.verdict, page.warning), (Verdict::Empty, None));
    }
}

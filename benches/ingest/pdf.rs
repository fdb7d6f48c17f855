//! A plain PDF of any length, of English sentences no two of which are likely to be the same.

use std::fmt::Write as _;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

const LINES: usize = 36;
const WIDTH: usize = 88;

const QUALITIES: &[&str] = &[
    "annual",
    "careful",
    "central",
    "coastal",
    "common",
    "early",
    "final",
    "former",
    "heavy",
    "hollow",
    "hydraulic",
    "local",
    "modern",
    "narrow",
    "northern",
    "open",
    "patient",
    "quiet",
    "regular",
    "remote",
    "separate",
    "single",
    "southern",
    "steady",
    "thermal",
    "upper",
    "vacant",
    "western",
    "wooden",
    "young",
];
const THINGS: &[&str] = &[
    "archive",
    "assembly",
    "bearing",
    "bridge",
    "budget",
    "canal",
    "clerk",
    "committee",
    "compressor",
    "contract",
    "council",
    "engine",
    "engineer",
    "farmer",
    "filter",
    "furnace",
    "gauge",
    "harbour",
    "heron",
    "inspector",
    "ledger",
    "library",
    "manager",
    "mill",
    "orchard",
    "pipeline",
    "pump",
    "railway",
    "report",
    "reservoir",
    "sensor",
    "surveyor",
    "tenant",
    "turbine",
    "valve",
    "warehouse",
    "weir",
    "workshop",
];
const DEEDS: &[&str] = &[
    "accepted",
    "adjusted",
    "approved",
    "carried",
    "checked",
    "closed",
    "crossed",
    "delivered",
    "described",
    "drained",
    "examined",
    "extended",
    "followed",
    "inherited",
    "joined",
    "measured",
    "moved",
    "observed",
    "ordered",
    "painted",
    "recorded",
    "repaired",
    "replaced",
    "reported",
    "sealed",
    "sheltered",
    "sold",
    "tested",
];
const MOMENTS: &[&str] = &[
    "after the first frost",
    "at low tide",
    "before the meeting",
    "during the second shift",
    "in the dry season",
    "in the following spring",
    "on the last day of the month",
    "once the water had gone",
    "shortly before noon",
    "when the old line was taken out of service",
    "while nobody was looking",
    "without any further notice",
];

/// So many pages, always the same ones.
#[allow(dead_code, reason = "each bench has of it what it needs")]
pub fn of(pages: usize) -> Vec<u8> {
    ending_with(pages, "")
}

/// So many texts of about 1 kB, the last of which ends with this line.
#[allow(dead_code, reason = "each bench has of it what it needs")]
pub fn notes(count: usize, last: &str) -> Vec<String> {
    let mut rng = StdRng::seed_from_u64(8);
    let mut notes: Vec<String> = Vec::with_capacity(count);
    for _ in 0..count {
        let mut note = String::new();
        while note.len() < 1_000 {
            note.push_str(&sentence(&mut rng));
            note.push('\n');
        }
        notes.push(note);
    }
    if let Some(note) = notes.last_mut() {
        note.push_str(last);
    }
    notes
}

/// The same with one more line on the last page.
pub fn ending_with(pages: usize, last: &str) -> Vec<u8> {
    let mut rng = StdRng::seed_from_u64(7);
    let mut file = Writer { bytes: b"%PDF-1.4\n".to_vec(), offsets: Vec::new() };
    let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    file.object("<< /Type /Catalog /Pages 2 0 R >>");
    file.object(&format!("<< /Type /Pages /Count {pages} /Kids [{}] >>", kids.join(" ")));
    file.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
    for page in 0..pages {
        file.object(&format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> \
             /Contents {} 0 R >>",
            5 + 2 * page
        ));
        let drawing = drawing(&mut rng, if page + 1 == pages { last } else { "" });
        file.object(&format!("<< /Length {} >>\nstream\n{drawing}\nendstream", drawing.len()));
    }
    file.finish()
}

fn drawing(rng: &mut StdRng, last: &str) -> String {
    let mut text = String::from("BT /F1 11 Tf 18 TL 60 760 Td");
    let mut line = String::new();
    let mut lines = 0;
    while lines < LINES {
        for word in sentence(rng).split(' ') {
            if line.len() + word.len() >= WIDTH {
                let _ = write!(text, "\n({line}) Tj T*");
                line.clear();
                lines += 1;
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    if !last.is_empty() {
        let _ = write!(text, "\nT* ({last}) Tj");
    }
    text.push_str("\nET");
    text
}

fn sentence(rng: &mut StdRng) -> String {
    let mut pick = |words: &[&'static str]| words[rng.random_range(0..words.len())];
    let (first, second) = ((pick(QUALITIES), pick(THINGS)), (pick(QUALITIES), pick(THINGS)));
    let (deed, moment, third) = (pick(DEEDS), pick(MOMENTS), pick(THINGS));
    let number = rng.random_range(2..9_000);
    format!(
        "The {} {} {deed} the {} {} {moment}, and {number} items were left at the {third}.",
        first.0, first.1, second.0, second.1
    )
}

struct Writer {
    bytes: Vec<u8>,
    offsets: Vec<usize>,
}

impl Writer {
    /// Objects are numbered from 1, in the order they come in.
    fn object(&mut self, body: &str) {
        self.offsets.push(self.bytes.len());
        let object = format!("{} 0 obj\n{body}\nendobj\n", self.offsets.len());
        self.bytes.extend_from_slice(object.as_bytes());
    }

    fn finish(mut self) -> Vec<u8> {
        let (table, size) = (self.bytes.len(), self.offsets.len() + 1);
        let mut end = format!("xref\n0 {size}\n0000000000 65535 f \n");
        for offset in &self.offsets {
            let _ = writeln!(end, "{offset:010} 00000 n ");
        }
        let _ = write!(end, "trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        self.bytes.extend_from_slice(end.as_bytes());
        self.bytes
    }
}

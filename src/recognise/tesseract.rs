//! Tesseract, where it is installed: for scripts that the models lack. A program of its own, started behind
//! [`confined_main`], which takes its rights away first; it gets the picture on its standard input.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use base64::Engine;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;

use super::error::RecogniseError;
use super::layout::{Frame, Laid, Word};
use super::page::Recognised;

/// For one picture.
const PATIENCE: Duration = Duration::from_secs(300);
/// Much more than the table of a full page.
const MAX_ANSWER: u64 = 64 << 20;
/// Mean confidence of its words, below which nothing of it is kept.
const READABLE: f32 = 0.5;

/// Scripts as its own detection calls them, and languages that are written in them, by how many people read them.
const SCRIPTS: &[(&str, &[&str])] = &[
    ("Cyrillic", &["rus", "ukr", "bul", "srp", "bel", "mkd", "kaz"]),
    ("Arabic", &["ara", "fas", "urd"]),
    ("Hebrew", &["heb", "yid"]),
    ("Greek", &["ell", "grc"]),
    ("Devanagari", &["hin", "mar", "nep"]),
    ("Bengali", &["ben", "asm"]),
    ("Thai", &["tha"]),
    ("Hangul", &["kor"]),
    ("Korean", &["kor"]),
    ("Japanese", &["jpn"]),
    ("Han", &["chi_sim", "chi_tra"]),
    ("Tamil", &["tam"]),
    ("Telugu", &["tel"]),
    ("Georgian", &["kat"]),
    ("Armenian", &["hye"]),
    ("Latin", &["eng", "deu", "fra", "spa", "ita", "por", "pol", "tur", "nld"]),
];
/// So many languages at once: each costs time.
const AT_ONCE: usize = 3;

/// A page to be read again: upright, level, one byte a pixel.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sheet {
    pub frame: Frame,
    /// Of the lines before it was levelled, in radians.
    pub angle: f32,
    /// Base64.
    pub grey: String,
}

pub struct Tesseract {
    /// The `docent` binary.
    program: PathBuf,
    tesseract: PathBuf,
    /// What is installed.
    languages: Vec<String>,
}

impl Tesseract {
    /// Asks it what it can read.
    pub async fn open(program: PathBuf, tesseract: PathBuf) -> Result<Self, RecogniseError> {
        let mut found = Self { program, tesseract, languages: Vec::new() };
        let listed = found.run(&["--list-langs"], &[]).await?;
        let names = listed.lines().skip(1).map(str::trim).filter(|name| !name.is_empty());
        found.languages = names.map(str::to_owned).collect();
        Ok(found)
    }

    pub fn languages(&self) -> Vec<&str> {
        self.languages.iter().map(String::as_str).filter(|name| *name != "osd").collect()
    }

    /// `None` where it does not know the script either.
    pub async fn read(&self, sheet: &Sheet) -> Result<Option<Recognised>, RecogniseError> {
        let grey = base64::engine::general_purpose::STANDARD.decode(&sheet.grey);
        let grey = grey.map_err(|_| RecogniseError::Failed("the picture did not arrive".to_owned()))?;
        let mut picture = format!("P5 {} {} 255\n", sheet.frame.width, sheet.frame.height).into_bytes();
        picture.extend(grey);
        let Some(languages) = self.languages_for(&picture).await else { return Ok(None) };
        let options = ["stdin", "stdout", "-l", &languages, "--psm", "3", "--dpi", "300", "tsv"];
        let table = self.run(&options, &picture).await?;
        let (laid, confidence) = words(&table, sheet);
        if laid.words.is_empty() || confidence < READABLE {
            return Ok(None);
        }
        let turned = sheet.frame.quarter.degrees();
        let by = "tesseract".to_owned();
        Ok(Some(Recognised { text: laid.text, words: laid.words, confidence, turned, readable: true, by }))
    }

    /// Languages of the script on the picture; where that cannot be told, those that the models lack.
    async fn languages_for(&self, picture: &[u8]) -> Option<String> {
        let installed = |names: &[&'static str]| {
            let there = names.iter().filter(|name| self.languages.iter().any(|it| it == *name));
            there.take(AT_ONCE).copied().collect::<Vec<_>>()
        };
        let mut wanted = Vec::new();
        if self.languages.iter().any(|it| it == "osd") {
            let options = ["stdin", "stdout", "-l", "osd", "--psm", "0", "--dpi", "300"];
            let said = self.run(&options, picture).await.unwrap_or_default();
            let script = said.lines().find_map(|line| line.strip_prefix("Script:")).map(str::trim);
            let known = SCRIPTS.iter().find(|(name, _)| Some(*name) == script);
            wanted = known.map(|(_, names)| installed(names)).unwrap_or_default();
        }
        if wanted.is_empty() {
            let foreign = SCRIPTS.iter().filter(|(name, _)| !matches!(*name, "Latin" | "Han" | "Japanese"));
            wanted =
                foreign.filter_map(|(_, names)| installed(names).first().copied()).take(AT_ONCE).collect();
        }
        (!wanted.is_empty()).then(|| wanted.join("+"))
    }

    async fn run(&self, options: &[&str], input: &[u8]) -> Result<String, RecogniseError> {
        let failed = RecogniseError::io;
        let mut process = Command::new(&self.program)
            .arg("confined")
            .arg(&self.tesseract)
            .args(options)
            .env_clear()
            .env("OMP_THREAD_LIMIT", "1")
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(failed("start Tesseract"))?;
        let (stdin, stdout) = (process.stdin.take(), process.stdout.take());
        let feed = async {
            if let Some(mut stdin) = stdin {
                // It may well stop listening; what it says then is what counts.
                let _ = stdin.write_all(input).await;
            }
        };
        let hear = async {
            let mut said = Vec::new();
            if let Some(stdout) = stdout {
                stdout.take(MAX_ANSWER).read_to_end(&mut said).await?;
            }
            Ok::<_, std::io::Error>(said)
        };
        let both = async { tokio::join!(feed, hear).1 };
        let said = tokio::time::timeout(PATIENCE, both).await;
        let said = said.map_err(|_| RecogniseError::Failed("Tesseract took too long".to_owned()))?;
        Ok(String::from_utf8_lossy(&said.map_err(failed("hear Tesseract"))?).into_owned())
    }
}

/// The words of its table, in its order, and their mean confidence by character.
fn words(table: &str, sheet: &Sheet) -> (Laid, f32) {
    let mut laid = Laid::default();
    let mut last: Option<[u32; 3]> = None;
    let (mut sum, mut count) = (0.0, 0.0);
    for row in table.lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        let [level, _, block, paragraph, line, _, left, top, width, height, confidence, text] = cells[..]
        else {
            continue;
        };
        let text = text.trim();
        let number = |cell: &str| cell.parse::<f32>().ok().filter(|it| it.is_finite());
        let (Some(left), Some(top), Some(width), Some(height), Some(confidence)) =
            (number(left), number(top), number(width), number(height), number(confidence))
        else {
            continue;
        };
        if level != "5" || text.is_empty() || confidence < 0.0 {
            continue;
        }
        let place = [block, paragraph, line].map(|cell| cell.parse().unwrap_or(0));
        match last {
            None => {}
            Some(before) if before == place => laid.text.push(' '),
            Some(before) if before[..2] == place[..2] => laid.text.push('\n'),
            Some(_) => laid.text.push_str("\n\n"),
        }
        last = Some(place);
        let start = laid.text.len();
        laid.text.extend(text.chars().filter(|it| !it.is_control()));
        let area = sheet.frame.area(askew([left, top, left + width, top + height], sheet));
        laid.words.push(Word { start, len: laid.text.len() - start, area });
        let characters = text.chars().count() as f32;
        sum += confidence / 100.0 * characters;
        count += characters;
    }
    (laid, if count > 0.0 { sum / count } else { 0.0 })
}

/// Where a rectangle of the levelled sheet was before.
fn askew([left, top, right, bottom]: [f32; 4], sheet: &Sheet) -> [f32; 4] {
    let (sin, cos) = sheet.angle.sin_cos();
    let (middle_x, middle_y) = (sheet.frame.width as f32 / 2.0, sheet.frame.height as f32 / 2.0);
    let (x, y) = (f32::midpoint(left, right) - middle_x, f32::midpoint(top, bottom) - middle_y);
    let (x, y) = (middle_x + x * cos - y * sin, middle_y + x * sin + y * cos);
    let (half_width, half_height) = ((right - left) / 2.0, (bottom - top) / 2.0);
    [x - half_width, y - half_height, x + half_width, y + half_height]
}

#[cfg(test)]
mod tests {
    use super::super::picture::Quarter;
    use super::*;

    #[test]
    fn its_table_becomes_text_with_places() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
            4\t1\t1\t1\t1\t0\t10\t10\t80\t10\t-1\t\n\
            5\t1\t1\t1\t1\t1\t10\t10\t30\t10\t96.5\tМаяк\n\
            5\t1\t1\t1\t1\t2\t50\t10\t40\t10\t93.5\tгорит\n\
            5\t1\t1\t1\t2\t1\t10\t30\t40\t10\t95\tвсю\n\
            5\t1\t2\t1\t1\t1\t10\t60\t40\t10\t95\tночь\n";
        let frame = Frame { quarter: Quarter::None, width: 100, height: 100 };
        let (laid, confidence) = words(table, &Sheet { frame, angle: 0.0, grey: String::new() });
        assert_eq!(laid.text, "Маяк горит\nвсю\n\nночь");
        assert_eq!(laid.words[1].area, [5000, 1000, 9000, 2000]);
        assert_eq!(&laid.text[laid.words[3].start..], "ночь");
        assert!((confidence - 0.95).abs() < 0.01, "{confidence}");
    }
}

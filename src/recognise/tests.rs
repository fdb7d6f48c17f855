//! Pictures of a text that is known, through the models. Without them (`make setup`) these say so and pass.

use std::path::{Path, PathBuf};

use super::Recogniser;
use super::decode;
use super::geometry::Point;
use super::page::Recognised;
use super::picture::{Picture, Quarter};
use super::ppocr::{Loaded, ModelFiles, PpOcr};

fn models() -> Option<ModelFiles> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let home = std::env::var_os("DOCENT_HOME").map_or_else(|| root.join(".docent"), PathBuf::from);
    let folder = home.join("models/ppocr-v6");
    let library = ["so", "dylib"].map(|it| home.join(format!("lib/libonnxruntime.{it}")));
    let files = ModelFiles {
        runtime: library.into_iter().find(|it| it.is_file())?,
        detection: folder.join("detection.onnx"),
        recognition: folder.join("recognition.onnx"),
        orientation: folder.join("orientation.onnx"),
    };
    let there = files.detection.is_file() && files.recognition.is_file() && files.orientation.is_file();
    there.then_some(files)
}

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/pictures").join(name);
    fs_err::read(path).unwrap()
}

fn picture(name: &str, page: usize) -> Picture {
    decode::open(fixture(name).leak()).unwrap().page(page).unwrap()
}

fn known() -> String {
    String::from_utf8(fixture("notice.txt")).unwrap()
}

fn words(text: &str) -> Vec<char> {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect()
}

/// Levenshtein's distance for each character that should be there.
pub fn character_error(read: &str, known: &str) -> f64 {
    let (read, known) = (words(read), words(known));
    let mut row: Vec<usize> = (0..=read.len()).collect();
    for (at, wanted) in known.iter().enumerate() {
        let mut before = std::mem::replace(&mut row[0], at + 1);
        for (column, found) in read.iter().enumerate() {
            let same = before + usize::from(found != wanted);
            before = row[column + 1];
            row[column + 1] = same.min(before + 1).min(row[column] + 1);
        }
    }
    row[read.len()] as f64 / known.len() as f64
}

fn read(recogniser: &mut PpOcr, picture: &Picture) -> Recognised {
    Recognised::from_found(recogniser.read(picture).unwrap(), "test")
}

#[test]
fn a_page_is_read_whichever_way_it_lies() {
    let Some(files) = models() else {
        eprintln!("skipped: the models are not here; `make setup` fetches them");
        return;
    };
    let mut recogniser = Loaded::load(&files, 2).unwrap().open().unwrap();
    let page = picture("notice.png", 0);
    for (quarter, back) in
        [(Quarter::None, 0), (Quarter::Right, 270), (Quarter::Half, 180), (Quarter::Left, 90)]
    {
        let seen = read(&mut recogniser, &page.turned(quarter));
        let error = character_error(&seen.text, &known());
        assert!(error <= 0.005, "{quarter:?}: {error:.4}\n{}", seen.text);
        assert_eq!(seen.turned, back);
        assert!(seen.readable && seen.confidence > 0.9, "{}", seen.confidence);
        assert!(seen.is_sound());
    }
    let along: Point = (0.03f32.cos(), 0.03f32.sin());
    let seen = read(&mut recogniser, &page.levelled(along));
    let error = character_error(&seen.text, &known());
    assert!(error <= 0.015, "askew: {error:.4}\n{}", seen.text);
}

#[test]
fn every_kind_of_picture_is_read() {
    let Some(files) = models() else {
        eprintln!("skipped: the models are not here; `make setup` fetches them");
        return;
    };
    let mut recogniser = Loaded::load(&files, 2).unwrap().open().unwrap();
    for (name, page) in
        [("notice.jpg", 0), ("notice.webp", 0), ("notice.bmp", 0), ("notice.tiff", 0), ("notice.tiff", 1)]
    {
        let seen = read(&mut recogniser, &picture(name, page));
        let error = character_error(&seen.text, &known());
        assert!(error <= 0.015, "{name} {page}: {error:.4}\n{}", seen.text);
    }
}

#[test]
fn words_stand_where_they_are_seen() {
    let Some(files) = models() else { return };
    let mut recogniser = Loaded::load(&files, 1).unwrap().open().unwrap();
    let page = picture("notice.png", 0);
    for quarter in [Quarter::None, Quarter::Right] {
        let turned = page.turned(quarter);
        let seen = read(&mut recogniser, &turned);
        for word in ["harbour", "Kattegatvej", "Überziehungen", "Rechnung"] {
            let start = seen.text.find(word).unwrap();
            let place = seen.words.iter().find(|it| it.start <= start && start < it.start + it.len).unwrap();
            let size = [turned.width, turned.height, turned.width, turned.height];
            let area: Vec<usize> = place
                .area
                .iter()
                .zip(size)
                .map(|(share, side)| usize::from(*share) * side / 10_000)
                .collect();
            let cut = Picture {
                width: area[2] - area[0],
                height: area[3] - area[1],
                rgb: (area[1]..area[3])
                    .flat_map(|y| (area[0]..area[2]).map(move |x| (y, x)))
                    .flat_map(|(y, x)| {
                        let at = (y * turned.width + x) * 3;
                        turned.rgb[at..at + 3].to_vec()
                    })
                    .collect(),
            };
            // What is cut out there reads as that word, when it is put on a larger sheet.
            let mut sheet = Picture::white(cut.width + 200, cut.height + 200);
            for y in 0..cut.height {
                let to = ((y + 100) * sheet.width + 100) * 3;
                sheet.rgb[to..to + cut.width * 3]
                    .copy_from_slice(&cut.rgb[y * cut.width * 3..(y + 1) * cut.width * 3]);
            }
            let again = read(&mut recogniser, &sheet).text;
            assert!(again.contains(word), "{quarter:?} {word}: {again:?} at {area:?}");
        }
    }
}

#[test]
fn an_empty_sheet_has_no_text() {
    let Some(files) = models() else { return };
    let mut recogniser = Loaded::load(&files, 1).unwrap().open().unwrap();
    let seen = read(&mut recogniser, &Picture::white(800, 600));
    assert_eq!((seen.text.as_str(), seen.words.len()), ("", 0));
    assert!(seen.readable);
}

#[test]
fn damage_is_an_error_and_no_more() {
    for name in ["notice.png", "notice.jpg", "notice.webp", "notice.bmp", "notice.tiff"] {
        let bytes = fixture(name);
        for cut in [3, 20, bytes.len() / 2] {
            let part: &'static [u8] = bytes[..cut].to_vec().leak();
            // Some decoders give what there is of a picture: that is fine, too.
            let _ = decode::open(part).and_then(|mut it| it.page(0));
        }
    }
    assert!(decode::open(b"words").is_err());
    assert!(decode::open(b"").is_err());
    assert!(decode::open(fixture("notice.tiff").leak()).unwrap().page(2).is_err());
}

/// Not a test: pages of one's own, with what stands on them in `truth.json` (`{"name": "text"}`; a file belongs to the
/// name before the first `-` or `.`). `OCR_PAGES=folder cargo test -p docent-recognise measure -- --ignored --nocapture`.
#[test]
#[ignore = "measures"]
fn measure() {
    let folder = PathBuf::from(std::env::var_os("OCR_PAGES").unwrap());
    let threads = std::env::var("OCR_THREADS").ok().and_then(|it| it.parse().ok()).unwrap_or(1);
    let truth: std::collections::BTreeMap<String, String> =
        serde_json::from_slice(&fs_err::read(folder.join("truth.json")).unwrap()).unwrap();
    let mut recogniser = Loaded::load(&models().unwrap(), threads).unwrap().open().unwrap();
    let mut files: Vec<PathBuf> = fs_err::read_dir(&folder).unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(known) = truth.get(name.split(['-', '.']).next().unwrap()) else { continue };
        let Ok(mut pictures) = decode::open(fs_err::read(&file).unwrap().leak()) else { continue };
        let picture = pictures.page(0).unwrap();
        let clock = || rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        let seconds = |it: rustix::time::Timespec| it.tv_sec as f64 + it.tv_nsec as f64 / 1e9;
        let (before, began) = (clock(), std::time::Instant::now());
        let seen = read(&mut recogniser, &picture);
        let (cpu, wall) = (seconds(clock()) - seconds(before), began.elapsed().as_secs_f64());
        let error = character_error(&seen.text, known) * 100.0;
        println!(
            "{name:<16} error {error:6.2} %  {cpu:5.2} CPU-s  {wall:5.2} s  turned {:>3}  sure {:.2}",
            seen.turned, seen.confidence
        );
        if let Some(out) = std::env::var_os("OCR_OUT") {
            fs_err::write(Path::new(&out).join(name + ".txt"), &seen.text).unwrap();
        }
    }
}

//! Text in pictures: scanned pages, pages that mix both, pictures as documents of their own.

use std::path::{Path, PathBuf};

use docent::domain::document::{DocumentStatus, Verdict};
use docent::extract::{ExtractSettings, Extractors};
use docent::recognise::{Limits, ModelFiles, RecogniseSettings, Recognisers};
use docent::store::Store;

use crate::support::bench::{Bench, Ear};
use crate::support::databases::both_databases;

fn home() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::env::var_os("DOCENT_HOME").map_or_else(|| root.join(".docent"), PathBuf::from)
}

/// `None` where the models are not fetched.
fn recognisers() -> Option<Recognisers> {
    let home = home();
    let file = |name: &str| Some(home.join(name)).filter(|path| path.is_file());
    let model = |name: &str| file(&format!("models/ppocr-v6/{name}.onnx"));
    let library = |name: &str| file(&format!("lib/{name}.so")).or_else(|| file(&format!("lib/{name}.dylib")));
    Some(Recognisers::new(RecogniseSettings {
        program: PathBuf::from(env!("CARGO_BIN_EXE_docent")),
        models: ModelFiles {
            runtime: library("libonnxruntime")?,
            detection: model("detection")?,
            recognition: model("recognition")?,
            orientation: model("orientation")?,
        },
        pdfium: library("libpdfium"),
        tesseract: None,
        threads: 2,
        at_once: 1,
        limits: Limits::default(),
    }))
}

fn picture(name: &str) -> Vec<u8> {
    fs_err::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pictures").join(name)).unwrap()
}

#[tokio::test]
async fn a_confined_process_reads_a_small_picture() {
    let Some(recognisers) = recognisers() else {
        eprintln!("skipped: the models are not here; `make setup` fetches them");
        return;
    };
    let seen = recognisers.try_out().await.unwrap();
    assert_eq!(seen.text, "Docent reads this picture.");
}

both_databases!(scanned_pages_are_read);

async fn scanned_pages_are_read(store: Store) {
    let mut bench = Bench::new(store).await;
    bench.recognisers = recognisers();
    if bench.recognisers.is_none() {
        eprintln!("skipped: the models are not here; `make setup` fetches them");
        return;
    }
    let ear = Ear::on(&bench.bus);
    let workers = bench.work().await;
    let document = bench.upload("scan.pdf", &picture("scan.pdf")).await;
    let heard = ear.until_settled(&[document]).await.remove(&document).unwrap();
    let last = heard.last().unwrap();
    assert_eq!((last.status, &last.warnings[..]), (DocumentStatus::Completed, &[][..]), "{last:?}");
    assert!(heard.iter().any(|progress| progress.recognising == Some(1)), "its progress is told");

    let mut tx = bench.store.read().await.unwrap();
    let pages = tx.pages(document, 1, 0, 10).await.unwrap();
    let sights = tx.page_sights(document, 1, 0, 10).await.unwrap();
    drop(tx);
    assert_eq!(pages.iter().map(|page| page.verdict).collect::<Vec<_>>(), [Verdict::Ocr, Verdict::Text]);
    assert!(pages[0].text.contains("returned by Monday, 22 April, free of charge"), "{}", pages[0].text);
    for once in ["K-1042", "This line is text", "Opening hours of the lending desk", "10.30 to 17.45"] {
        assert_eq!(pages[1].text.matches(once).count(), 1, "{once} in {}", pages[1].text);
    }
    assert_eq!(sights.len(), 2);
    for (page, sight) in pages.iter().zip(&sights) {
        assert!(sight.confidence > 900);
        let text: Vec<char> = page.text.chars().collect();
        for [start, length, left, top, right, bottom] in &sight.words {
            let range = usize::try_from(*start).unwrap()..usize::try_from(start + length).unwrap();
            assert!(text[range].iter().all(|it| !it.is_whitespace()));
            assert!(
                0 <= *left
                    && left < right
                    && *right <= 10_000
                    && 0 <= *top
                    && top < bottom
                    && *bottom <= 10_000
            );
        }
    }
    workers.stop().await;
}

/// A page that is a picture, with a text layer that people do not see.
fn scan_with_layer(layer: &str) -> Vec<u8> {
    let jpeg = picture("notice.jpg");
    let lines: String = layer.lines().map(|line| format!("({line}) Tj 0 -14 Td\n")).collect();
    let content = format!("q 595 0 0 303 0 0 cm /P Do Q\nBT /F 10 Tf 3 Tr 40 290 Td\n{lines}ET");
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut put = |head: &str, body: &[u8]| {
        file.extend(head.as_bytes());
        file.extend(body);
        file.extend(b"\nendobj\n");
    };
    put("1 0 obj\n<</Type/Catalog/Pages 2 0 R>>", b"");
    put("2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>", b"");
    put(
        "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 303]/Contents 4 0 R\
         /Resources<</Font<</F 5 0 R>>/XObject<</P 6 0 R>>>>>>",
        b"",
    );
    put(
        &format!("4 0 obj\n<</Length {}>>\nstream\n", content.len()),
        &[content.as_bytes(), b"\nendstream"].concat(),
    );
    put("5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>", b"");
    let head = format!(
        "6 0 obj\n<</Type/XObject/Subtype/Image/Width 1100/Height 560/ColorSpace/DeviceGray/BitsPerComponent 8\
         /Filter/DCTDecode/Length {}>>\nstream\n",
        jpeg.len()
    );
    put(&head, &[&jpeg[..], b"\nendstream"].concat());
    file.extend(b"trailer\n<</Root 1 0 R/Size 7>>\n%%EOF\n");
    file
}

both_databases!(a_bad_text_layer_gives_way_and_a_good_one_stays);

async fn a_bad_text_layer_gives_way_and_a_good_one_stays(store: Store) {
    let mut bench = Bench::new(store).await;
    bench.recognisers = recognisers();
    let library = home().join("lib/libpdfium.so");
    if bench.recognisers.is_none() || !library.is_file() {
        eprintln!("skipped: the models are not here; `make setup` fetches them");
        return;
    }
    bench.extractors = Extractors::new(ExtractSettings {
        program: PathBuf::from(env!("CARGO_BIN_EXE_docent")),
        pdfium: Some(library),
        vocabulary: None,
        limits: docent::extract::Limits::default(),
    });
    let ear = Ear::on(&bench.bus);
    let workers = bench.work().await;
    let good = "The layer says that the boiler is swept in March and in September of each year.\n".repeat(6);
    let bad = "Tbe l@yer s*ys th;t tne b£iler is sw#pt in M=rch and w1th S£ptember of e!ch ye|r.\n".repeat(6);
    let good = bench.upload("good.pdf", &scan_with_layer(&good)).await;
    let bad = bench.upload("bad.pdf", &scan_with_layer(&bad)).await;
    ear.until_settled(&[good, bad]).await;
    let mut tx = bench.store.read().await.unwrap();
    let kept = tx.pages(good, 1, 0, 10).await.unwrap().remove(0);
    let read = tx.pages(bad, 1, 0, 10).await.unwrap().remove(0);
    drop(tx);
    assert_eq!(kept.verdict, Verdict::Text);
    assert!(kept.text.contains("The layer says that the boiler"), "{}", kept.text);
    assert_eq!(read.verdict, Verdict::Ocr, "{:?}", read.warning);
    assert!(read.text.contains("Kattegatvej 7") && !read.text.contains("b£iler"), "{}", read.text);
    workers.stop().await;
}

both_databases!(pictures_are_documents);

async fn pictures_are_documents(store: Store) {
    let mut bench = Bench::new(store).await;
    bench.recognisers = recognisers();
    if bench.recognisers.is_none() {
        eprintln!("skipped: the models are not here; `make setup` fetches them");
        return;
    }
    let ear = Ear::on(&bench.bus);
    let workers = bench.work().await;
    let (fax, cut) = (picture("notice.tiff"), picture("notice.png"));
    let fax = bench.upload("fax.tif", &fax).await;
    let cut = bench.upload("cut.png", &cut[..cut.len() / 2]).await;
    let mut heard = ear.until_settled(&[fax, cut]).await;
    let end = heard.remove(&fax).unwrap().pop().unwrap();
    assert_eq!(end.status, DocumentStatus::Completed, "{end:?}");
    let end = heard.remove(&cut).unwrap().pop().unwrap();
    assert_eq!(end.status, DocumentStatus::Failed, "{end:?}");

    let mut tx = bench.store.read().await.unwrap();
    let pages = tx.pages(fax, 1, 0, 10).await.unwrap();
    let sights = tx.page_sights(fax, 1, 0, 10).await.unwrap();
    assert_eq!(pages.len(), 2, "both pages of the fax");
    assert!(
        pages.iter().all(|page| page.numbered && page.text.contains("side door (Kattegatvej 7)")),
        "{pages:?}"
    );
    assert_eq!(sights.iter().map(|sight| sight.turned).collect::<Vec<_>>(), [0, 180]);
    drop(tx);
    workers.stop().await;
}

both_databases!(without_recognition_a_scan_is_said_to_be_one);

async fn without_recognition_a_scan_is_said_to_be_one(store: Store) {
    let bench = Bench::new(store).await;
    let ear = Ear::on(&bench.bus);
    let workers = bench.work().await;
    let document = bench.upload("notice.png", &picture("notice.png")).await;
    let end = ear.until_settled(&[document]).await.remove(&document).unwrap().pop().unwrap();
    assert_eq!(end.status, DocumentStatus::Failed);
    assert!(end.error.unwrap().message.contains("OCR"));
    workers.stop().await;
}

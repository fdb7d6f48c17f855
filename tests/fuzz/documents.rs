//! Files, read as the server reads them: in a child process with limits. It may refuse anything, but it must not be
//! killed by a file, not be silent, and not blame the server.

use std::io::Write;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Duration;

use docent::domain::{Code, Coded};
use docent::extract::{ExtractSettings, Extracted, Extractors, Format, Limits};
use tokio::runtime::Runtime;

use super::Target;

const XML: &[&str] = &[
    "<![CDATA[",
    "]]>",
    "<!DOCTYPE x [",
    "<!ENTITY a \"&a;&a;\">",
    "&#x0;",
    "&#xD800;",
    "xmlns:a=\"",
    "<a>",
    "</a>",
    "/>",
];
const PDF: &[&str] = &[
    "obj",
    "endobj",
    "stream\n",
    "endstream",
    "/Kids [",
    "/Parent 1 0 R",
    "/Length 99999999",
    "/Filter [/FlateDecode /FlateDecode]",
    "xref",
    "trailer",
    "startxref",
    "/Type /Page",
    "<<",
    ">>",
    "1 0 R",
];
const HTML: &[&str] = &[
    "<table>",
    "<tr><td>",
    "<div>",
    "</div>",
    "<script>",
    "<!--",
    "-->",
    "<h1>",
    "<pre>",
    "<li>",
    "&nbsp;",
    "<svg>",
    "<math>",
    "<template>",
    "<select>",
];
const CSV: &[&str] = &["\"", "\"\"", ",", ";", "\t", "\r", "\n", "=1+1", "|"];
const MARKDOWN: &[&str] =
    &["# ", "```", "> ", "- ", "| a |", "|---|", "[a](", "![", "**", "~~", "<div>", "\n\n"];

macro_rules! documents {
    ($($name:literal, $format:ident, $words:expr, $fixtures:expr;)*) => {
        pub(super) const DOCUMENTS: &[Target] = &[$(
            Target { name: $name, words: $words, fixtures: $fixtures, run: |bytes| read(Format::$format, bytes) },
        )*];
    };
}

documents! {
    "csv", Csv, CSV, &["table.csv"];
    "docx", Docx, XML, &["notes.docx"];
    "epub", Epub, XML, &["owls.epub"];
    "html", Html, HTML, &["page.html"];
    "md", Markdown, MARKDOWN, &["kestrel.md"];
    "pdf", Pdf, PDF, &["birds.pdf"];
    "pptx", Pptx, XML, &["slides.pptx"];
    "txt", Text, &[], &["latin1.txt"];
    "xlsx", Xlsx, XML, &["numbers.xlsx"];
}

struct Bench {
    runtime: Runtime,
    extractors: Extractors,
}

static BENCH: LazyLock<Bench> = LazyLock::new(|| {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let limits = Limits {
        memory_bytes: 768 << 20,
        cpu_s_per_page: 20,
        cpu_s: 20,
        patience: Duration::from_secs(60),
        wall_time: Duration::from_secs(120),
        ..Limits::default()
    };
    let program = PathBuf::from(env!("CARGO_BIN_EXE_docent"));
    Bench { runtime, extractors: Extractors::new(ExtractSettings { program, pdfium: None, limits }) }
});

fn read(format: Format, bytes: &[u8]) {
    let outcome = BENCH.runtime.block_on(async {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        let mut reading = BENCH.extractors.read(file, format, 0).await?;
        while let Some(step) = reading.next().await {
            if let Extracted::Page(page) = step? {
                assert!(!page.text.contains('\0'), "NUL reaches the database");
            }
        }
        Ok::<_, docent::extract::ExtractError>(())
    });
    if let Err(error) = outcome {
        assert!(!matches!(error.code(), Code::Internal | Code::ExtractionCrashed), "{error}");
    }
}

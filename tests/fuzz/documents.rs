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
const JSON: &[&str] = &["{", "}", "[", "]", "\"", ":", ",", "\\u0000", "\\ud800", "1e999", "\"text/html\":"];
const MAIL: &[&str] = &[
    "\n--",
    "boundary=",
    "Content-Type: multipart/mixed; boundary=x\n\n",
    "Content-Type: message/rfc822\n\n",
    "Content-Transfer-Encoding: base64\n",
    "=?utf-8?q?=C3?=",
    "\n\nFrom x\nA: b\n\n",
    "charset=utf-7",
];
const RTF: &[&str] = &[
    "{",
    "}",
    "\\",
    "\\'",
    "\\u-1 ",
    "\\bin99999 ",
    "\\cell",
    "\\row",
    "\\*",
    "\\uc9999",
    "\\begin{",
    "\\end{",
    "$",
    "%",
];

macro_rules! documents {
    ($($name:literal, $format:ident, $words:expr, $fixtures:expr;)*) => {
        pub(super) const DOCUMENTS: &[Target] = &[$(
            Target { name: $name, words: $words, fixtures: $fixtures, run: |bytes| read(Format::$format, bytes) },
        )*];
    };
}

documents! {
    "adoc", Asciidoc, MARKDOWN, &["guide.adoc"];
    "csv", Csv, CSV, &["table.csv"];
    "doc", Doc, &[], &["page-break.doc"];
    "docx", Docx, XML, &["notes.docx"];
    "eml", Eml, MAIL, &["mail.eml"];
    "epub", Epub, XML, &["owls.epub"];
    "html", Html, HTML, &["page.html"];
    "ipynb", Ipynb, JSON, &["counts.ipynb"];
    "json", Json, JSON, &["boats.json"];
    "mbox", Mbox, MAIL, &["box.mbox"];
    "md", Markdown, MARKDOWN, &["kestrel.md"];
    "mhtml", Mhtml, MAIL, &["tides.mhtml"];
    "msg", Msg, &[], &["cyrillic.msg"];
    "odp", Odp, XML, &["ferry.odp"];
    "ods", Ods, XML, &["prices.ods"];
    "odt", Odt, XML, &["diary.odt"];
    "pdf", Pdf, PDF, &["birds.pdf"];
    "ppt", Ppt, &[], &["order.ppt"];
    "pptx", Pptx, XML, &["slides.pptx"];
    "rst", Rst, MARKDOWN, &["guide.rst"];
    "rtf", Rtf, RTF, &["letter.rtf"];
    "tex", Latex, RTF, &["paper.tex"];
    "txt", Text, &[], &["latin1.txt"];
    "xls", Xls, &[], &["catches.xls"];
    "xlsx", Xlsx, XML, &["numbers.xlsx"];
    "xml", Xml, XML, &["lamps.xml"];
    "zip", Zip, &[], &["files.zip"];
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
    Bench {
        runtime,
        extractors: Extractors::new(ExtractSettings { program, pdfium: None, vocabulary: None, limits }),
    }
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

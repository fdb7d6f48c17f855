//! Reading files into pages of text.
//!
//! Parsers are hostile ground: a stack overflow or a failed allocation aborts a process and cannot be caught inside
//! it, and three of the libraries used here have been seen to do that. So every file is read in a child process that
//! limits itself before it gets a single byte of the file ([`worker_main`], `docent_confine`), and the parent
//! ([`Extractors`], [`Reading`]) believes nothing it says: it counts, times, and starts the child again after a crash,
//! behind the pages it already has.
//!
//! The child gets the file through its standard input, not as a path or a descriptor. So it needs no way into the file
//! system at all, and a spare one can wait, locked down, before anybody knows which file it will read.
//!
//! Characters of a PDF are put in order by `docent-layout`.
//!
//! Deliberately absent: OCR (a verdict says which pages need it; `docent_recognise` reads them), and anything that opens or fetches what a document
//! merely names.

mod archive;
mod asciidoc;
mod asciidoc_inline;
mod asciidoc_source;
mod asciidoc_table;
mod browse;
mod bundle;
mod calendar;
mod cfb;
mod chart;
mod child;
mod clean;
mod column_lines;
mod columns;
mod compose;
mod csv;
mod doc;
mod doc_file;
mod doc_form;
mod doc_lists;
mod doc_styles;
mod docx;
mod docx_styles;
mod drawing;
mod elsewhere;
mod encoded_words;
mod encoding;
mod entities;
mod epub;
mod equation;
mod eras;
mod error;
mod extractors;
mod format;
mod formula;
mod grid;
mod hiding;
mod html;
mod icalendar;
mod json;
mod latex;
mod latex_items;
mod latex_macros;
mod latex_math;
mod latex_math_signs;
mod latex_names;
mod latex_signs;
mod latex_source;
mod latex_tables;
mod latex_units;
mod limits;
mod lines;
mod list_count;
mod lzfu;
mod mail;
mod mail_body;
mod mail_bytes;
mod markdown;
mod markdown_signs;
mod markup;
mod mathml;
mod month_names;
mod msg;
mod nested;
mod notebook;
mod number_codes;
mod numbering;
mod numbers;
mod odf;
mod odf_chart;
mod odf_margins;
mod odf_sheets;
mod odf_styles;
mod office_xml;
mod page;
mod page_tree;
mod pdf;
mod picture;
mod ppt;
mod pptx;
mod reading;
mod rich_strings;
mod row_table;
mod rst;
mod rst_directives;
mod rst_inline;
mod rst_names;
mod rst_table;
mod rtf;
mod rtf_fields;
mod rtf_form;
mod rtf_words;
mod script;
mod sheet_view;
mod sheet_xml;
mod sink;
mod smime;
mod spans;
mod subtitles;
mod symbols;
mod tabbed;
mod tabular;
#[cfg(test)]
mod tests;
mod text;
mod tnef;
mod vcard;
mod vocabulary;
mod wire;
mod word_equations;
mod word_fields;
mod worker;
mod xls;
mod xls_styles;
mod xlsb;
mod xlsx;
mod xml;
mod xml_file;

pub use child::Confinement;
pub use error::ExtractError;
pub use extractors::Extractors;
pub use format::{Format, HEAD_BYTES};
pub use limits::{ExtractSettings, Limits};
pub use page::{Extracted, Heading, Page, require_text};
pub use reading::Reading;
pub use worker::worker_main;

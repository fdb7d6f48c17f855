//! Markdown, taken as it stands.

use super::error::ExtractError;
use super::format::Format;
use super::sink::{Sink, Source, Unit};
use super::text;

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    sink.flat(Unit::markdown(text::decoded(&source, Format::Markdown)?))
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::*;

    #[test]
    fn headings_are_found_and_code_is_not_taken_for_them() {
        let pages = collect(read, "# One *two*\n\ntext\n\n```\n# no heading\n```\n\nSub\n---\n").unwrap();
        let headings = &pages[0].headings;
        let found: Vec<_> = headings.iter().map(|it| (it.level, it.title.as_str())).collect();
        assert_eq!(found, [(1, "One two"), (2, "Sub")]);
        assert!(pages[0].text[headings[1].start..].starts_with("Sub"));
        assert!(pages[0].markdown);
    }
}

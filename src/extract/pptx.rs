//! PowerPoint presentations: a slide is a page.

use super::error::ExtractError;
use super::format::Format;
use super::sink::{Sink, Source, Unit};
use super::{archive, office};

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    archive::check(&source, Format::Pptx)?;
    let slides = office::slides(source)?;
    sink.total(slides.len())?;
    for slide in slides {
        sink.page(Unit { numbered: true, warning: slide.warning, ..Unit::markdown(slide.markdown) })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::*;

    #[test]
    fn each_slide_is_a_page_with_its_notes() {
        let pages = collect(read, include_bytes!("../../fixtures/documents/slides.pptx").to_vec()).unwrap();
        let written: Vec<_> = pages.iter().map(|it| format!("[{}]\n{}\n", it.number, it.text)).collect();
        insta::assert_snapshot!(written.concat(), @r##"
        [1]
        # The new bird hide

        - Opens on 3 May
        - Room for twelve people
        - Ramp for wheelchairs

        Thank the Nordby foundation for the timber.
        [2]
        # What it cost

        - Timber 4,200 euros
        - Roof 1,950 euros

        The roof is of larch shingles.
        [3]
        # Rules

        - No drones
        - Dogs stay outside
        "##);
        assert!(pages.iter().all(|it| it.numbered && it.markdown));
    }
}

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
        let texts: Vec<_> = pages.iter().map(|it| (it.number, it.numbered, it.text.as_str())).collect();
        insta::assert_debug_snapshot!(texts, @r#"
        [
            (
                1,
                true,
                "# The new bird hide\n\n- Opens on 3 May\n- Room for twelve people\n- Ramp for wheelchairs\n\nThank the Nordby foundation for the timber.",
            ),
            (
                2,
                true,
                "# What it cost\n\n- Timber 4,200 euros\n- Roof 1,950 euros\n\nThe roof is of larch shingles.",
            ),
            (
                3,
                true,
                "# Rules\n\n- No drones\n- Dogs stay outside",
            ),
        ]
        "#);
    }
}

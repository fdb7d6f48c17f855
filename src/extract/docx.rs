//! Word documents. They have no pages until they are printed: what can be cited is the heading.

use super::error::ExtractError;
use super::format::Format;
use super::sink::{Sink, Source, Unit};
use super::{archive, office};

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    archive::check(&source, Format::Docx)?;
    let part = office::word(source)?;
    sink.flat(Unit { warning: part.warning, ..Unit::markdown(part.markdown) })
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::*;

    #[test]
    fn structure_is_kept() {
        let pages = collect(read, include_bytes!("../../fixtures/documents/notes.docx").to_vec()).unwrap();
        insta::assert_snapshot!(pages[0].text, @r#"
        # Minutes of the reed bed group

        Held on 14 March 2024 in the boat house. Present: Aino Berg, Tom Reyes, Halima Said.

        # Cutting the reeds

        The western half is cut this winter, the eastern half in two years. The machine is lent by the water board and must be back by 20 February.

        ## Money

        Diesel cost 312 euros. Tom Reyes pays it from the bittern fund.

        - Order 40 willow stakes
        - Mend the hide
        - Ask the school about the moth night

        # Water level

        | Month | Gauge | Level in cm |
        | --- | --- | --- |
        | January | North | 84 |
        | February | North | 91 |
        | February | South | 77 |

        The sluice stays closed while the bitterns boom, that is until the end of June.
        "#);
        let headings: Vec<_> = pages[0].headings.iter().map(|it| (it.level, it.title.as_str())).collect();
        assert_eq!(
            headings,
            [
                (1, "Minutes of the reed bed group"),
                (1, "Cutting the reeds"),
                (2, "Money"),
                (1, "Water level")
            ]
        );
    }
}

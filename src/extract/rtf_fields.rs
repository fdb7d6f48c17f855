//! Fields of RTF: what they are told to show, for those that keep no result.

use super::word_fields;

/// The fields that are open.
#[derive(Default)]
pub(super) struct Fields {
    open: Vec<Field>,
}

struct Field {
    /// How many groups it lies in.
    depth: usize,
    instruction: String,
    has_result: bool,
}

impl Fields {
    pub(super) fn open(&mut self, depth: usize) {
        self.open.push(Field { depth, instruction: String::new(), has_result: false });
    }

    /// Adds to the instruction of the innermost one.
    pub(super) fn told(&mut self, words: &str) {
        if let Some(field) = self.open.last_mut() {
            field.instruction.push_str(words);
        }
    }

    /// There is text behind the instruction.
    pub(super) fn has_text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.open.iter_mut().for_each(|it| it.has_result = true);
        }
    }

    /// A group ends. What the field shows that ends with it, if that stands in its instruction alone.
    pub(super) fn close(&mut self, depth: usize) -> Option<String> {
        let field = self.open.pop_if(|it| it.depth > depth)?;
        if field.has_result { None } else { word_fields::shown(&field.instruction) }
    }
}

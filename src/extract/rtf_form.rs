//! Fields of forms in rich text: what a box or a list of choices is set to.

/// Says that a field was never filled in, and so shows what it began with.
const NOT_SET: i32 = 25;

#[derive(Debug, Default)]
pub(super) struct FormField {
    kind: Option<i32>,
    result: Option<i32>,
    default: i32,
    entries: Vec<String>,
    /// The entry being read.
    pub entry: String,
}

impl FormField {
    pub(super) fn set(&mut self, name: &str, number: Option<i32>) {
        match name {
            "fftype" => self.kind = number,
            "ffres" => self.result = number.filter(|it| *it != NOT_SET),
            _ => self.default = number.unwrap_or(0),
        }
    }

    pub(super) fn end_entry(&mut self) {
        let entry = std::mem::take(&mut self.entry);
        self.entries.push(entry.trim().to_owned());
    }

    /// What the field shows; one for text shows it as its result.
    pub(super) fn shown(self) -> String {
        let value = self.result.unwrap_or(self.default);
        match self.kind {
            Some(1) => if value == 1 { "☒" } else { "☐" }.to_owned(),
            Some(2) => {
                usize::try_from(value).ok().and_then(|it| self.entries.get(it).cloned()).unwrap_or_default()
            }
            _ => String::new(),
        }
    }
}

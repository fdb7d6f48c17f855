//! The matrix as data: one line an operation, one column a role.

use std::collections::BTreeMap;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    Nobody,
    WrongToken,
    ExpiredToken,
    /// Has an account that was disabled, and a token from before.
    Disabled,
    Visitor,
    /// A member of another project.
    Stranger,
    Viewer,
    Editor,
    Owner,
    Admin,
}

impl Who {
    pub const ALL: [Self; 10] = [
        Self::Nobody,
        Self::WrongToken,
        Self::ExpiredToken,
        Self::Disabled,
        Self::Visitor,
        Self::Stranger,
        Self::Viewer,
        Self::Editor,
        Self::Owner,
        Self::Admin,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::WrongToken => "wrong",
            Self::ExpiredToken => "expired",
            Self::Disabled => "disabled",
            Self::Visitor => "visitor",
            Self::Stranger => "stranger",
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Owner => "owner",
            Self::Admin => "admin",
        }
    }
}

/// What is to come of it, for each who asks.
pub type Row = BTreeMap<Who, String>;

/// Reads a table whose first line names the columns.
pub fn read(text: &str) -> BTreeMap<String, Row> {
    let mut lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let columns: Vec<&str> = lines.next().unwrap().split_whitespace().skip(1).collect();
    assert_eq!(columns, Who::ALL.map(Who::name));
    let row = |line: &str| {
        let mut words = line.split_whitespace();
        let name = words.next().unwrap().to_owned();
        let cells: Vec<String> = words.map(str::to_owned).collect();
        assert_eq!(cells.len(), Who::ALL.len(), "{line}");
        (name, Who::ALL.into_iter().zip(cells).collect())
    };
    lines.map(row).collect()
}

//! Superlatives that name no column, and the columns that they are about: "heaviest" is the most of a column of weights.

use super::columns::holds_numbers;
use super::same::is_kind_of;
use super::typed::{ColumnKind, Typed};
use super::words::{Token, tokens};

/// What adjectives of one kind order.
#[derive(Debug)]
pub(super) struct Dimension {
    /// Beginnings of the superlatives that ask for the most.
    most: &'static [&'static str],
    /// The same for the least.
    least: &'static [&'static str],
    /// Comparatives that ask how much more, and how much less.
    than: &'static [&'static str],
    /// Adjectives behind "most", "plus", "más".
    adjectives: &'static [&'static str],
    /// Words of the names of its columns, the likeliest first.
    columns: &'static [&'static str],
    /// Units that stand in such names.
    units: &'static [&'static str],
    /// It orders dates, too.
    time: bool,
}

const DIMENSIONS: &[Dimension] = &[
    Dimension {
        most: &["dearest", "costliest", "priciest", "teuerst"],
        least: &["cheapest", "billigst", "günstigst", "preiswertest"],
        than: &["dearer", "cheaper", "teurer", "billiger", "günstiger"],
        adjectives: &["expensive", "costly", "cher", "chère", "caro", "cara", "caros", "caras"],
        columns: &["price", "cost", "fee", "rent", "rate", "amount", "value"],
        units: &["eur", "usd", "gbp", "chf", "euro", "euros"],
        time: false,
    },
    Dimension {
        most: &["heaviest", "schwerst"],
        least: &["lightest", "leichtest"],
        than: &["heavier", "lighter", "schwerer", "leichter"],
        adjectives: &["lourd", "lourde", "pesado", "pesada", "heavy"],
        columns: &["weight"],
        units: &["kg", "t", "g", "lb", "lbs"],
        time: false,
    },
    Dimension {
        most: &["longest", "längst"],
        least: &["shortest", "kürzest"],
        than: &["longer", "shorter", "länger", "kürzer"],
        adjectives: &["long", "longue", "longtemps", "largo", "larga"],
        columns: &["duration", "minutes", "hours", "days", "length", "months", "years", "distance"],
        units: &["h", "min", "km", "m", "mm", "cm"],
        time: false,
    },
    Dimension {
        most: &[],
        least: &["oldest", "ältest", "earliest", "frühest"],
        than: &["older", "älter"],
        adjectives: &["ancien", "ancienne", "vieux", "antiguo", "antigua", "viejo"],
        columns: &["built", "bought", "birth", "start", "year", "date", "opened", "founded"],
        units: &[],
        time: true,
    },
    Dimension {
        most: &["newest", "youngest", "latest", "neuest", "neust", "jüngst", "spätest"],
        least: &[],
        than: &["newer", "younger", "neuer", "jünger"],
        adjectives: &["récent", "récente", "reciente", "recent", "nuevo", "nueva"],
        columns: &["built", "bought", "birth", "start", "year", "date", "opened", "founded"],
        units: &[],
        time: true,
    },
    Dimension {
        most: &["tallest", "höchst"],
        least: &["niedrigst"],
        than: &["taller", "höher", "niedriger"],
        adjectives: &["haut", "haute", "alto", "alta", "tall"],
        columns: &["height"],
        units: &[],
        time: false,
    },
    Dimension {
        most: &["largest", "biggest", "greatest", "größt", "grösst"],
        least: &["smallest", "tiniest", "kleinst"],
        than: &["larger", "bigger", "smaller", "größer", "kleiner"],
        adjectives: &["grand", "grande", "petit", "petite", "pequeño", "pequeña"],
        columns: &["size", "area", "surface", "capacity", "volume", "amount", "quantity"],
        units: &["m²", "m³", "ha", "km²"],
        time: false,
    },
    Dimension {
        most: &["fastest", "quickest", "schnellst"],
        least: &["slowest", "langsamst"],
        than: &["faster", "slower", "quicker", "schneller", "langsamer"],
        adjectives: &["rapide", "rápido", "rápida"],
        columns: &["speed"],
        units: &["rpm"],
        time: false,
    },
    Dimension {
        most: &["loudest", "noisiest", "lautest"],
        least: &["quietest", "leisest"],
        than: &["louder", "quieter", "noisier", "lauter", "leiser"],
        adjectives: &["bruyant", "bruyante", "ruidoso", "ruidosa", "noisy", "loud"],
        columns: &["noise"],
        units: &["db", "dba"],
        time: false,
    },
    Dimension {
        most: &["hottest", "warmest", "heißest", "wärmst"],
        least: &["coldest", "coolest", "kältest"],
        than: &["hotter", "colder", "warmer", "cooler", "wärmer", "kälter"],
        adjectives: &["chaud", "chaude", "caliente"],
        columns: &["temperature"],
        units: &["c", "°c"],
        time: false,
    },
    Dimension {
        most: &["strongest", "mightiest", "stärkst"],
        least: &["weakest", "schwächst"],
        than: &["stronger", "weaker", "stärker", "schwächer"],
        adjectives: &["powerful", "puissant", "puissante", "potente"],
        columns: &["power"],
        units: &["kw", "kva", "mva", "mw"],
        time: false,
    },
    Dimension {
        most: &["deepest", "tiefst"],
        least: &["shallowest", "flachst"],
        than: &["deeper", "tiefer"],
        adjectives: &["profond", "profonde", "profundo", "profunda"],
        columns: &["depth"],
        units: &[],
        time: false,
    },
    Dimension {
        most: &["widest", "broadest", "breitest"],
        least: &["narrowest", "schmalst"],
        than: &["wider", "narrower", "breiter", "schmaler"],
        adjectives: &["large", "ancho", "ancha"],
        columns: &["width"],
        units: &[],
        time: false,
    },
    Dimension {
        most: &["farthest", "furthest", "weitest"],
        least: &["nearest", "closest"],
        than: &["farther", "further", "nearer", "closer"],
        adjectives: &["loin", "éloigné", "lejano", "lejos"],
        columns: &["distance"],
        units: &["km"],
        time: false,
    },
];

/// What columns are called that a comparative is about: "weight" of "heavier".
pub(crate) fn measured_by(word: &str) -> Option<&'static [&'static str]> {
    DIMENSIONS.iter().find(|dimension| dimension.than.contains(&word)).map(|dimension| dimension.columns)
}

/// Endings of German superlatives behind what is listed above.
const ENDINGS: &[&str] = &["", "e", "en", "er", "es", "em"];

/// A superlative with what it is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Superlative {
    pub(super) most: bool,
    dimension: &'static Dimension,
    /// In how many words it is said.
    pub(super) words: usize,
}

/// The superlative that begins with this word.
pub(super) fn superlative(word: &str, next: &str) -> Option<Superlative> {
    let has = |list: &[&str]| {
        list.iter().any(|known| word.strip_prefix(known).is_some_and(|rest| ENDINGS.contains(&rest)))
    };
    let said = DIMENSIONS.iter().find_map(|dimension| {
        let most = has(dimension.most);
        (most || has(dimension.least)).then_some(Superlative { most, dimension, words: 1 })
    });
    if said.is_some() {
        return said;
    }
    let more = matches!(word, "most" | "plus" | "más" | "mas");
    let less = matches!(word, "least" | "moins" | "menos");
    if !more && !less {
        return None;
    }
    let dimension = DIMENSIONS.iter().find(|dimension| dimension.adjectives.contains(&next))?;
    // What is most old is least in its date.
    let most = if dimension.most.is_empty() { less } else { more };
    Some(Superlative { most, dimension, words: 2 })
}

/// The comparative that begins with this word: "heavier", "more expensive".
pub(super) fn comparative(word: &str, next: &str) -> Option<Superlative> {
    let phrase = matches!(word, "more" | "less" | "plus" | "moins" | "más" | "menos");
    let fits = |dimension: &&Dimension| {
        dimension.than.contains(&word) || phrase && dimension.adjectives.contains(&next)
    };
    let dimension = DIMENSIONS.iter().find(fits)?;
    Some(Superlative { most: true, dimension, words: if phrase { 2 } else { 1 } })
}

impl Superlative {
    /// The one column that it orders; `None` where there is none, or two are as likely.
    pub(super) fn column(&self, table: &Typed<'_>) -> Option<usize> {
        let fits = |column: &usize| {
            holds_numbers(table, *column) && !(self.dimension.time && self.is_amount(table, *column))
                || self.dimension.time && table.columns[*column].kind == ColumnKind::Time
        };
        let open: Vec<usize> = (0..table.columns.len()).filter(fits).collect();
        let named = |word: &str| -> Vec<usize> {
            let wanted = tokens(word);
            let says = |name: &Token| wanted.iter().any(|wanted| is_kind_of(name, wanted));
            open.iter().copied().filter(|at| table.columns[*at].name.iter().any(says)).collect()
        };
        let by_name = self.dimension.columns.iter().map(|word| named(word)).find(|found| !found.is_empty());
        let by_unit = || -> Vec<usize> {
            let units = self.dimension.units;
            let has =
                |at: &usize| table.columns[*at].name.iter().any(|word| units.contains(&word.text.as_str()));
            open.iter().copied().filter(has).collect()
        };
        let by_time = || -> Vec<usize> {
            let is_time = |at: &usize| self.dimension.time && table.columns[*at].kind == ColumnKind::Time;
            open.iter().copied().filter(is_time).collect()
        };
        let found = by_name.unwrap_or_else(by_unit);
        let found = if found.is_empty() { by_time() } else { found };
        if let [only] = found[..] { Some(only) } else { None }
    }

    /// A column of dates is wanted, and this one holds plain numbers.
    fn is_amount(&self, table: &Typed<'_>, column: usize) -> bool {
        table.columns[column].kind == ColumnKind::Number
    }
}

#[cfg(test)]
mod tests {
    use super::super::tables_in;
    use super::*;

    fn ordered(header: &str, row: &str, word: &str, next: &str) -> Option<(String, bool)> {
        let table = tables_in(&format!("{header}\n|---|\n{row}\n{row}\n"), 0, "").remove(0);
        let typed = Typed::of(&table);
        let said = superlative(word, next)?;
        Some((table.names[said.column(&typed)?].clone(), said.most))
    }

    #[test]
    fn superlatives_name_columns_by_what_they_are_about() {
        let header = "| Crane | Mass t | Baujahr | Duration h | Stückpreis | Lärm dB |";
        let row = "| A | 12 | 1999 | 4 | 300 | 71 |";
        let asked = |word: &str, next: &str| ordered(header, row, word, next);
        for (word, next, column, most) in [
            ("heaviest", "", "Mass t", true),
            ("leichteste", "", "Mass t", false),
            ("oldest", "", "Baujahr", false),
            ("neueste", "", "Baujahr", true),
            ("longest", "", "Duration h", true),
            ("cheapest", "", "Stückpreis", false),
            ("least", "expensive", "Stückpreis", false),
            ("plus", "cher", "Stückpreis", true),
            ("más", "antiguo", "Baujahr", false),
            ("quietest", "", "Lärm dB", false),
        ] {
            assert_eq!(asked(word, next), Some((column.to_owned(), most)), "{word} {next}");
        }
        assert_eq!(asked("deepest", ""), None);
        assert_eq!(asked("most", "useful"), None);
        let twice = "| Item | Price EUR | List price |";
        assert_eq!(ordered(twice, "| A | 1 | 2 |", "cheapest", ""), None);
    }
}

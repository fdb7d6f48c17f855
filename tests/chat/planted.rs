//! A collection with planted facts: half of them said in the words of the question, half in others, beside as many near
//! misses, among sentences that have nothing to do with it.

/// A question to a list, and sentences about it; `{}` is the name that is looked for.
pub struct Topic {
    pub question: &'static str,
    names: &'static [&'static str],
    /// In the question's words.
    said: &'static [&'static str],
    /// In other words.
    otherwise: &'static [&'static str],
    /// What is nearly it and is not.
    misses: &'static [&'static str],
}

pub struct Planted {
    /// By file name.
    pub documents: Vec<(String, String)>,
    /// What a whole list names.
    pub wanted: Vec<String>,
    /// What it must not name.
    pub misses: Vec<String>,
}

pub const TOPICS: &[Topic] = &[
    Topic {
        question: "Which suppliers deliver steel?",
        names: COMPANIES,
        said: &[
            "{} delivers steel to the northern plant.",
            "Steel is delivered by {}.",
            "Since spring {} delivers steel.",
        ],
        otherwise: &[
            "{} provides the workshop with steel beams.",
            "Our steel sheets come from {}.",
            "{} supplies steel tubes every month.",
        ],
        misses: &[
            "{} delivers paper to the office.",
            "{} does not deliver steel.",
            "{} tests the quality of concrete.",
            "The lawyers of {} deliver documents on time.",
        ],
    },
    Topic {
        question: "List all machines that need oil.",
        names: MACHINES,
        said: &[
            "{} needs oil every week.",
            "The manual says that {} needs oil.",
            "{} needs oil after each shift.",
        ],
        otherwise: &[
            "{} must be lubricated every day.",
            "{} requires a litre of lubricant before it starts.",
            "Grease has to be put into {} once a month.",
        ],
        misses: &[
            "{} needs water for cooling.",
            "{} needs no oil.",
            "{} needs a new belt.",
            "{} is painted in blue.",
        ],
    },
    Topic {
        question: "Which employees speak French?",
        names: PEOPLE,
        said: &[
            "{} speaks French.",
            "At the desk {} speaks French with guests.",
            "{} speaks French and English.",
        ],
        otherwise: &[
            "{} is fluent in French.",
            "{} talks to customers in French.",
            "{} has a good command of the French language.",
        ],
        misses: &[
            "{} speaks Spanish.",
            "{} does not speak French.",
            "{} eats French cheese.",
            "{} speaks at the meeting.",
        ],
    },
    Topic {
        question: "Which buildings have a lift?",
        names: BUILDINGS,
        said: &["{} has a lift.", "{} has a lift for visitors.", "Since last year {} has a lift."],
        otherwise: &[
            "{} is equipped with an elevator.",
            "An elevator takes guests to every floor of {}.",
            "{} got two elevators in May.",
        ],
        misses: &[
            "{} has a garage.",
            "{} has no lift.",
            "{} has a garden on its roof.",
            "{} was sold in March.",
        ],
    },
    Topic {
        question: "Which rivers flow into the Baltic Sea?",
        names: RIVERS,
        said: &[
            "{} flows into the Baltic Sea.",
            "After 300 km {} flows into the Baltic Sea.",
            "{} flows into the Baltic Sea near a port.",
        ],
        otherwise: &[
            "{} empties into the Baltic Sea.",
            "The mouth of {} lies on the Baltic Sea.",
            "{} ends in the Baltic.",
        ],
        misses: &[
            "{} flows into the North Sea.",
            "{} flows through a gorge.",
            "{} does not flow into the Baltic Sea.",
            "{} flows into a lake.",
        ],
    },
    Topic {
        question: "List all projects that were cancelled.",
        names: PROJECTS,
        said: &["{} was cancelled.", "In autumn {} was cancelled.", "{} was cancelled after a vote."],
        otherwise: &["{} was called off.", "The board abandoned {}.", "Work on {} was stopped for good."],
        misses: &[
            "{} was approved.",
            "{} was not cancelled.",
            "{} was finished in June.",
            "{} was praised by the board.",
        ],
    },
];

const COMPANIES: &[&str] = &[
    "Nordwind",
    "Alderton",
    "Brookfield",
    "Castoria",
    "Delphin",
    "Eastgate",
    "Fennimore",
    "Granit",
    "Hollander",
    "Ironbridge",
    "Jutland",
    "Kestrelco",
    "Lindqvist",
    "Moorland",
    "Norrland",
    "Osterby",
];
const MACHINES: &[&str] = &[
    "Press A1", "Press B2", "Lathe C3", "Lathe D4", "Saw E5", "Saw F6", "Drill G7", "Drill H8", "Mill K1",
    "Mill L2", "Crane M3", "Crane N4", "Pump P5", "Pump Q6", "Loom R7", "Loom S8",
];
const PEOPLE: &[&str] = &[
    "Anna", "Bert", "Carla", "David", "Erika", "Frank", "Gudrun", "Henry", "Irene", "Jonas", "Klara",
    "Lukas", "Maria", "Nils", "Olga", "Peter",
];
const BUILDINGS: &[&str] = &[
    "Alpha House",
    "Beta House",
    "Gamma House",
    "Delta House",
    "Omega House",
    "Sigma House",
    "Kappa House",
    "Lambda House",
    "Zeta House",
    "Theta House",
    "Iota House",
    "Rho House",
    "Tau House",
    "Phi House",
    "Chi House",
    "Psi House",
];
const RIVERS: &[&str] = &[
    "The Aller",
    "The Bode",
    "The Cella",
    "The Dosse",
    "The Eide",
    "The Fuhse",
    "The Gera",
    "The Havel",
    "The Ilme",
    "The Jagst",
    "The Kocher",
    "The Lahn",
    "The Murr",
    "The Nahe",
    "The Oker",
    "The Peene",
];
const PROJECTS: &[&str] = &[
    "Project Amber",
    "Project Birch",
    "Project Coral",
    "Project Dune",
    "Project Ember",
    "Project Fjord",
    "Project Grove",
    "Project Heron",
    "Project Iris",
    "Project Jade",
    "Project Kite",
    "Project Lotus",
    "Project Maple",
    "Project Nova",
    "Project Onyx",
    "Project Pearl",
];

const FILLER: &[&str] = &[
    "The canteen opens at eleven.",
    "Visitors sign the book at the gate.",
    "Minutes are kept for ten years.",
    "The heating is checked in October.",
    "Parking is free on Sundays.",
    "Keys are returned to the porter.",
    "The archive moved to the second floor.",
    "Travel costs are paid within two weeks.",
    "The garden is watered at night.",
    "New chairs were ordered for the hall.",
];

impl Topic {
    /// Eight names are planted, four of them in other words, and eight are near misses. `parts`: how many documents.
    pub fn planted(&self, parts: usize) -> Planted {
        let half = self.names.len() / 4;
        let mut sentences: Vec<String> = Vec::new();
        let (mut wanted, mut misses) = (Vec::new(), Vec::new());
        for (n, name) in self.names.iter().enumerate() {
            let (list, names) = match n / half {
                0 => (self.said, &mut wanted),
                1 => (self.otherwise, &mut wanted),
                _ => (self.misses, &mut misses),
            };
            sentences.push(list[n % list.len()].replace("{}", name));
            names.push((*name).to_owned());
        }
        // A fact stands among sentences that have nothing to do with it.
        let mut documents: Vec<(String, String)> =
            (0..parts).map(|part| (format!("notes-{part}.txt"), String::new())).collect();
        for (n, sentence) in sentences.iter().enumerate() {
            let text = &mut documents[n * 7 % parts].1;
            for step in 0..2 {
                text.push_str(FILLER[(n * 3 + step) % FILLER.len()]);
                text.push(' ');
            }
            text.push_str(sentence);
            text.push_str("\n\n");
        }
        Planted { documents, wanted, misses }
    }
}

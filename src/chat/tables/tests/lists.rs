//! Lists of what a table holds, which the question names by its document, its title or a condition.

use super::{free_answer, told};

/// An agreement of a made-up town.
const PAINTING: &str = "Agreement on the painting of depots\n\nbetween the town of Nordwick and the firm Hallbrook Ltd, 4 Mill Row, Nordwick\n\n\
    | Depot | Yard m2 | Rounds per week |\n|---|---|---|\n| North Gate | 2,400 | 5 |\n| Quay | 310 | 3 |\n| Mill Yard | 1,090 | 5 |\n";

#[test]
fn what_a_document_is_about_is_listed_whole() {
    let asked = |question: &str| free_answer(PAINTING, "Painting_Agreement_NW-2023-07.docx", question);
    told(
        &asked,
        &[
            ("Which depots does Hallbrook paint?", "North Gate, Quay, Mill Yard"),
            ("which depots are in the painting agreement", "North Gate, Quay, Mill Yard"),
            ("all depots in the painting agreement please", "North Gate, Quay, Mill Yard"),
            ("total yard painted under NW-2023-07?", "3,800"),
            ("Which depots does Sandor paint?", "-"),
            ("Which depots does Hallbrook close?", "-"),
            ("Which depots are not painted?", "-"),
            ("Which depots are there?", "-"),
        ],
    );
}

#[test]
fn people_are_listed_by_what_their_table_is_called() {
    let text = "# Trainers\n\nName | Town | Talk\n\nName: Ada Holm | Town: Kiel | Talk: Knots\nName: Ben Ochs | Town: Trier | Talk: Sails\n\
        Name: Cleo Marsh | Town: Kiel | Talk: Ropes\n\n# Costs\n\nItem | EUR\n\nItem: Hall | EUR: 500\nItem: Coffee | EUR: 90\n";
    let asked = |question: &str| free_answer(text, "Harbour_Days_2024.xlsx", question);
    told(
        &asked,
        &[
            ("Who were the trainers at the harbour days?", "Ada Holm, Ben Ochs, Cleo Marsh"),
            ("who are the trainers from Kiel", "Ada Holm, Cleo Marsh"),
            ("who paid the trainers?", "-"),
            ("Who were the cooks at the harbour days?", "-"),
        ],
    );
    let text = "# Ponentes\n\nNombre | Ciudad\n\nNombre: Ada Holm | Ciudad: Kiel\nNombre: Ben Ochs | Ciudad: Trier\n";
    let asked = |question: &str| free_answer(text, "Jornadas_del_puerto.xlsx", question);
    told(
        &asked,
        &[
            ("¿Quiénes fueron los ponentes de las jornadas del puerto?", "Ada Holm, Ben Ochs"),
            ("¿Quiénes pagaron las jornadas?", "-"),
        ],
    );
}

#[test]
fn all_of_a_kind_with_something_are_listed() {
    let text = "# Vehicles\n\nDepot North - vehicle register\n\nPlate | Vehicle | Cover | Depot\n\nPlate: K-1 | Vehicle: Van | Cover: full | Depot: Quay\n\
        Plate: K-2 | Vehicle: Lorry | Cover: third party | Depot: Quay\nPlate: K-3 | Vehicle: Crane | Cover: full | Depot: Mill\n";
    let asked = |question: &str| free_answer(text, "Fleet_2024.xlsx", question);
    told(
        &asked,
        &[
            ("all vehicles with full cover please", "K-1, Van, K-3, Crane"),
            ("alle Fahrzeuge mit full cover", "K-1, Van, K-3, Crane"),
            ("all vehicles with full tanks", "-"),
            ("all vehicles without full cover", "-"),
        ],
    );
}

#[test]
fn rows_of_a_day_and_values_of_a_column_are_listed() {
    let text = "# Sailings\n\nNo. | Boat | Date | Seats | Quota\n\nNo.: S-1 | Boat: Wanda | Date: 2025-06-03 | Seats: 90 | Quota: 80\n\
        No.: S-2 | Boat: Ilse | Date: 2025-06-13 | Seats: 70 | Quota: 80\nNo.: S-3 | Boat: Wanda | Date: 2025-07-03 | Seats: 40 | Quota: 40\n";
    let asked = |question: &str| free_answer(text, "Harbour_sailings_2025.csv", question);
    told(
        &asked,
        &[
            ("Which sailings are on 3 June 2025?", "No.: S-1; Boat: Wanda"),
            ("which sailings are there on June 13th", "No.: S-2; Boat: Ilse"),
            ("How many sailings are on 4 June 2025?", "-"),
            ("List all sailings whose date is in June 2025", "S-1, Wanda, S-2, Ilse"),
            ("names of all boats in the sailings", "Wanda, Ilse"),
        ],
    );
    let text = "Partida | Presupuesto EUR | Gasto real EUR\n\nPartida: Viaje | Presupuesto EUR: 100 | Gasto real EUR: 120\n\
        Partida: Hotel | Presupuesto EUR: 300 | Gasto real EUR: 250\n";
    let asked = |question: &str| free_answer(text, "Cuentas_2025.xlsx", question);
    told(
        &asked,
        &[
            ("¿Qué partidas superaron el presupuesto?", "Viaje"),
            ("¿Qué partidas no superaron el presupuesto?", "-"),
        ],
    );
}

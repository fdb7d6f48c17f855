//! Amounts that stand in no column, and comparisons with a column.

use super::{free_answer, told};

const HIRE: &str = "Boat | Berth | Days | Hire per day £ | Deposit £\n\n\
    Boat: Wanda | Berth: A | Days: 12 | Hire per day £: 40.50 | Deposit £: 100\n\
    Boat: Ilse | Berth: A | Days: 30 | Hire per day £: 25 | Deposit £: 150\n\
    Boat: Zoe | Berth: B | Days: 9 | Hire per day £: 120 | Deposit £: 20\n";

#[test]
fn amounts_per_something_are_compared_and_multiplied() {
    let asked = |question: &str| free_answer(HIRE, "Hire_2025.xlsx", question);
    told(
        &asked,
        &[
            ("which boats cost less than £50 a day", "Wanda, Ilse"),
            ("which boats cost more than £30 per day?", "Wanda, Zoe"),
            ("Which boats have a deposit over £50?", "Wanda, Ilse"),
            ("which boats cost less than £50", "-"),
            ("What does the hire of the boat Wanda come to for the whole season?", "486 £"),
            ("total hire of Ilse", "750 £"),
            ("What is the hire per day of the boat Wanda?", "40.50 £"),
            ("What does the crew of Wanda come to for the whole season?", "-"),
        ],
    );
}

#[test]
fn a_share_of_an_amount_is_computed_where_the_table_is_called_so() {
    let text = "# Commissions 1st half 2024\n\nAgent | Sales EUR | Rate %\n\nAgent: Ada Holm | Sales EUR: 20000 | Rate %: 4.5\n\
        Agent: Ben Ochs | Sales EUR: 1000 | Rate %: 10\n";
    let asked = |question: &str| free_answer(text, "Agents.xlsx", question);
    told(
        &asked,
        &[
            ("How much commission does Mr Holm get for the first half of 2024?", "900 EUR"),
            ("How much commission does Ben Ochs get?", "100 EUR"),
            ("How much commission did Ben Ochs lose?", "-"),
            ("How much salary does Ben Ochs get?", "-"),
            ("How much commission does Mr Holm get for the second half of 2024?", "-"),
        ],
    );
}

#[test]
fn rows_are_found_by_two_of_their_columns() {
    let text = "Part | Place | On hand | Minimum stock | Price EUR\n\nPart: Bolt | Place: A | On hand: 3 | Minimum stock: 10 | Price EUR: 1\n\
        Part: Nut | Place: A | On hand: 30 | Minimum stock: 10 | Price EUR: 1\nPart: Pin | Place: B | On hand: 1 | Minimum stock: 2 | Price EUR: 9\n";
    let asked = |question: &str| free_answer(text, "Parts.xlsx", question);
    told(
        &asked,
        &[
            ("how many parts are below their minimum stock?", "2"),
            ("Which parts are under the minimum stock?", "Bolt, Pin"),
            ("how many parts at A are below minimum stock", "1"),
            ("how many parts are above their minimum stock?", "1"),
            ("how many parts are below their price?", "-"),
        ],
    );
}

#[test]
fn what_is_left_may_be_called_money() {
    let text = "Code | Name | Head | Approved k£ | Spent to May k£\n\nCode: C-1 | Name: Roof of the mill | Head: Ada Holm | Approved k£: 300 | Spent to May k£: 80\n\
        Code: C-2 | Name: New ticket system | Head: Ben Ochs | Approved k£: 40 | Spent to May k£: 39\n";
    let asked = |question: &str| free_answer(text, "Budget_2025.xlsx", question);
    told(
        &asked,
        &[
            ("how much money is left for the ticket system", "1 k£"),
            ("how much time is left for the ticket system", "-"),
        ],
    );
}

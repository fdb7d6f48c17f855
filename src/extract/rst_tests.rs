//! Files in reStructuredText and what is read of them.

use super::super::rst::{compose, read};
use super::super::sink::collect;

fn text(rst: &str) -> String {
    compose(rst).unit().text
}

#[test]
fn titles_become_headings() {
    let text = "=====\nLamps\n=====\n\nWick\n----\n\nThe wick is number 14.\n\n.. a comment\n   goes on\n\n.. note::\n   Trim it.\n\nOil\n---\n\na\n--- no title\n";
    let pages = collect(read, text).unwrap();
    assert_eq!(
        pages[0].text,
        "# Lamps\n\n## Wick\n\nThe wick is number 14.\n\nNote: Trim it.\n\n## Oil\n\na\n--- no title"
    );
    let headings: Vec<_> = pages[0].headings.iter().map(|it| (it.level, it.title.as_str())).collect();
    assert_eq!(headings, [(1, "Lamps"), (2, "Wick"), (2, "Oil")]);
}

#[test]
fn initials_begin_paragraphs() {
    let rst = "J. Smith came on Monday.\nHe left in\n1998. It rained.\n\n1. one\n2. two\n   goes on\n\na. x\nb. y\n";
    assert_eq!(
        text(rst),
        "J. Smith came on Monday.\nHe left in\n1998. It rained.\n1. one\n2. two goes on\na. x\nb. y"
    );
}

#[test]
fn substitutions_roles_and_conditions_are_read() {
    let rst = ":orphan:\n:Author: Aino\n\n.. |fee| replace:: 950 EUR\n.. _fees:\n\nFees\n====\n\nA berth costs |fee| for 10\\ :sup:`6` l, see :ref:`fees` and :math:`x_{2}`.\n\n.. only:: html\n\n   Seen.\n\n.. only:: latex\n\n   Not seen.\n\n.. see http://x.test::y, a comment\n\n..\n   gone\n\n.. include:: parts/rules.txt\n\n.. versionadded:: 1.2\n   Sails.\n\n.. confval:: depth\n   :default: ``5``\n\n   How deep.\n";
    let pages = collect(read, rst).unwrap();
    insta::assert_snapshot!(pages[0].text, @r"
    Author: Aino

    # Fees

    A berth costs 950 EUR for 10⁶ l, see Fees and x₂.

    Seen.

    New in version 1.2: Sails.

    depth

    default: `5`

    How deep.
    ");
    assert!(pages[0].warning.as_deref().unwrap().contains("`parts/rules.txt`"));
}

#[test]
fn tables_of_all_kinds_are_read() {
    let rst = ".. table:: Berths\n\n   =====  =====\n   Berth  Fee\n   =====  =====\n   A      |f|\n   =====  =====\n\n.. |f| replace:: 950\n\n+---+----+\n| A | B  |\n+---+----+\n| 1 | 2  |\n+---+----+\n\n.. csv-table:: Fees\n   :header: \"Berth\", \"Fee\"\n\n   A, \"9,50\"\n\n.. list-table::\n   :header-rows: 1\n\n   * - Berth\n     - Fee\n   * - A\n     - 950\n       EUR\n";
    insta::assert_snapshot!(text(rst), @r"
    Berths

    | Berth | Fee |
    | --- | --- |
    | A | 950 |

    | A | B |
    | --- | --- |
    | 1 | 2 |

    Fees

    | Berth | Fee |
    | --- | --- |
    | A | 9,50 |

    | Berth | Fee |
    | --- | --- |
    | A | 950 EUR |
    ");
}

#[test]
fn lists_terms_and_code_keep_their_form() {
    let rst = "Steps:\n\n1. one\n   goes on\n\n   * mark\n   * more\n\n2. two\n#. three\n\nOil\n  Five litres.\n\nCode::\n\n  x = *y*\n\n::\n\n  alone\n\n| line\n| block\n\n.. code-block:: python\n   :caption: x\n\n   print(1)\n\n.. math::\n\n   10^{6}\n\n[1]_ and\n\n.. [1] A note\n   goes on.\n\n.. image:: a.png\n   :alt: A map\n\n    quoted\n";
    insta::assert_snapshot!(text(rst), @r"
    Steps:

    1. one goes on
      - mark
      - more
    2. two
    1. three

    Oil: Five litres.

    Code:

    ```
    x = *y*
    ```

    ```
    alone
    ```

    line
    block

    ```python
    print(1)
    ```

    10⁶

    [1] and

    [1] A note goes on.

    A map

    quoted
    ");
}

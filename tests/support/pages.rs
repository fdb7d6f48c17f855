//! PDFs that are drawn by the test.

/// Pages of 400 × 800 points with these content streams; `/F1` is Helvetica.
pub fn pdf(contents: &[String]) -> Vec<u8> {
    let kids: Vec<String> = (0..contents.len()).map(|n| format!("{} 0 R", 4 + n * 2)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), contents.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    for (n, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 800]/Resources<</Font<</F1 3 0 R>>>>/Contents {} 0 R>>",
            5 + n * 2
        ));
        objects.push(format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()));
    }
    let mut out = "%PDF-1.7\n".to_owned();
    let mut offsets = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
    }
    let xref = out.len();
    out.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for offset in offsets {
        out.push_str(&format!("{offset:010} 00000 n \n"));
    }
    let size = objects.len() + 1;
    out.push_str(&format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n"));
    out.into_bytes()
}

/// A ruled table: rows 20 points high from `top` down, columns 100 points wide.
pub fn ruled(top: i32, rows: &[Vec<String>]) -> String {
    let columns = i32::try_from(rows.first().map_or(0, Vec::len)).unwrap();
    let count = i32::try_from(rows.len()).unwrap();
    let (right, bottom) = (60 + columns * 100, top - count * 20);
    let mut content = String::from("0.5 w\n");
    for row in 0..=count {
        let y = top - row * 20;
        content.push_str(&format!("60 {y} m {right} {y} l S\n"));
    }
    for column in 0..=columns {
        let x = 60 + column * 100;
        content.push_str(&format!("{x} {bottom} m {x} {top} l S\n"));
    }
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            let (x, y) = (65 + column * 100, top - 14 - row * 20);
            content.push_str(&format!("BT /F1 10 Tf {x} {y} Td ({cell}) Tj ET\n"));
        }
    }
    content
}

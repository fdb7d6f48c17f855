# Shared by the scripts of this folder: a temporary folder that goes at the end, and pinned Python packages in it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# with_python <package==version>…: a virtual environment with exactly these packages, first on the PATH.
with_python() {
    python3 -m venv venv
    ./venv/bin/pip install --quiet --disable-pip-version-check "$@"
    PATH="$work/venv/bin:$PATH"
    printf 'Python %s; %s\n' "$(python -c 'import platform; print(platform.python_version())')" "$*"
}

# with_node <package@version>…: exactly these packages in node_modules.
with_node() {
    npm install --silent --no-audit --no-fund --no-save --prefix . "$@" >/dev/null
    printf 'Node %s; %s\n' "$(node --version)" "$*"
}

# with_rust <line of a Cargo.toml's dependencies>…: builds and runs the program that is given as input, with exactly these crates.
with_rust() {
    mkdir -p src
    { printf '[package]\nname = "look"\nversion = "0.1.0"\nedition = "2024"\n\n[dependencies]\n'; printf '%s\n' "$@"; } > Cargo.toml
    cat > src/main.rs
    printf '%s; %s\n' "$(rustc --version)" "$*"
    CARGO_TARGET_DIR="$work/target" CARGO_PROFILE_DEV_DEBUG=0 cargo run --quiet
}

# with_debian <package=version>…: these packages of Debian and what they need beyond the machine, unpacked in the temporary folder.
with_debian() {
    mkdir -p debs/partial debian
    apt-get update -qq
    apt-get install -qq --yes --reinstall --download-only --no-install-recommends --allow-downgrades \
        -o Dir::Cache::archives="$work/debs" -o APT::Sandbox::User=root "$@" >/dev/null
    for file in debs/*.deb; do dpkg-deb -x "$file" debian; done
    PATH="$work/debian/usr/bin:$PATH"
    export LD_LIBRARY_PATH="$work/debian/usr/lib/$(uname -m)-linux-gnu"
    printf 'Debian %s; %s\n' "$(cat /etc/debian_version)" "$*"
}

# with_docx_writer: docx_file.py, which makes a Word file from the XML of its paragraphs and nothing else.
with_docx_writer() {
    cat > docx_file.py <<'PY'
import zipfile

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}


def write_docx(path, *paragraphs):
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    body = "".join(f"<w:p>{inside}</w:p>" for inside in paragraphs)
    packages = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{packages}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>',
        )
        file.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{packages}/relationships">'
            f'<Relationship Id="r1" Type="{DOCUMENT}" Target="word/document.xml"/></Relationships>',
        )
        file.writestr("word/document.xml", f"<w:document {names}><w:body>{body}</w:body></w:document>")
    return path


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
PY
}

# with_pdf_writer: pdf_file.py, which makes a PDF of one page from the page's own operators; /F1 is Helvetica.
with_pdf_writer() {
    cat > pdf_file.py <<'PY'
def write_pdf(path, operators, resources="", catalog="", more_objects=()):
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 400] /Contents 4 0 R"
        f" /Resources << /Font << /F1 5 0 R >> {resources} >> >>",
        f"<< /Length {len(operators)} >>\nstream\n{operators}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        *more_objects,
    ]
    written, starts = "%PDF-1.7\n", []
    for number, inside in enumerate(objects, 1):
        starts.append(len(written))
        written += f"{number} 0 obj\n{inside}\nendobj\n"
    entries = "".join(f"{start:010d} 00000 n \n" for start in starts)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    written += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{entries}{end}"
    with open(path, "w", encoding="ascii", newline="") as file:
        file.write(written)
    return path
PY
}

# with_odt_writer: odt_file.py, which makes an OpenDocument text from the XML of its body.
with_odt_writer() {
    cat > odt_file.py <<'PY'
import zipfile

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
KIND = "application/vnd.oasis.opendocument.text"
PREFIXES = {"office": "office", "text": "text", "draw": "drawing", "table": "table"}
NAMES = " ".join(f'xmlns:{prefix}="{OASIS}:{name}:1.0"' for prefix, name in PREFIXES.items())
NAMES += f' xmlns:svg="{OASIS}:svg-compatible:1.0"'


def write_odt(path, body):
    files = {"/": KIND, "content.xml": "text/xml", "styles.xml": "text/xml"}
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'
    entries = "".join(entry.format(*file) for file in files.items())
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", KIND)
        manifest = f'xmlns:manifest="{OASIS}:manifest:1.0" manifest:version="1.3"'
        file.writestr("META-INF/manifest.xml", f"<manifest:manifest {manifest}>{entries}</manifest:manifest>")
        content = f"<office:body><office:text>{body}</office:text></office:body>"
        content = f'<office:document-content {NAMES} office:version="1.3">{content}</office:document-content>'
        file.writestr("content.xml", content)
        styles = f'<office:document-styles {NAMES} office:version="1.3"><office:styles/></office:document-styles>'
        file.writestr("styles.xml", styles)
    return path
PY
}

#!/usr/bin/env bash
# chonkie's TokenChunker cuts a text by the tokens of an uncased WordPiece tokenizer, the kind that BERT and MiniLM models have.
# Expected: each chunk is a piece of the text: text[chunk.start_index:chunk.end_index] == chunk.text.
# Happens: the text of a chunk is put together from its tokens: small letters, no accents, blanks around signs. "Größe 3.50"
#   becomes "große 3. 50", "PPR-9087" "ppr - 9087". SentenceChunker gives pieces of the text with the same tokenizer.
# Matters: the chunks are what is indexed, shown and quoted: names and numbers are spelled otherwise, exact search for them
#   fails, and a quotation is not in the document.
# Source: chonkie's documentation of Chunk (text, start_index, end_index in the original text); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python chonkie==1.7.0 tokenizers==0.23.3
cat > look.py <<'PY'
from chonkie import SentenceChunker, TokenChunker
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

TEXT = "The Größe of PPR-9087 is 3.50 m. Müller signs the lease. " * 4
tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
tokenizer.normalizer = normalizers.BertNormalizer()
tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
tokenizer.decoder = decoders.WordPiece()
trainer = trainers.WordPieceTrainer(vocab_size=300, special_tokens=["[UNK]"], show_progress=False)
tokenizer.train_from_iterator([TEXT], trainer)


def pieces(chunker):
    chunks = chunker(tokenizer=tokenizer, chunk_size=20, chunk_overlap=0).chunk(TEXT)
    return chunks[0].text, [TEXT[chunk.start_index : chunk.end_index] == chunk.text for chunk in chunks]


(text, same), (other, all_same) = pieces(TokenChunker), pieces(SentenceChunker)
print(repr(text), same, repr(other), all_same)
assert all(all_same), other
assert text.startswith("the große of ppr - 9087 is 3. 50 m.") and not any(same), "chunks are pieces of the text now"
PY
python look.py

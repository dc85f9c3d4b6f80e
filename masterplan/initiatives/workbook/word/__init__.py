"""One initiative as a Word form for a meeting: every question with its answer, ruled lines where there is none yet.

`inisiatif.docx` beside this file holds no text, only paper, page numbers at the foot (the initiative's name goes before
them) and the styles Title, Heading 1, Heading 2, Bantuan, Baris kosong, Kepala tabel, Sel and Tabel isian. Edit them in
Word. Questions come from the registry.
"""

from .form import word_form

__all__ = ["word_form"]

"""One initiative as a Word form for a meeting: every question with its answer, ruled lines where there is none yet.

`inisiatif.docx` beside this file was made once with python-docx and may be edited in Word: it holds no question, only a
loop over sections, questions and rows, and the styles Title, Heading 1, Heading 2, Bantuan, Baris kosong, Kepala tabel
and Sel. Questions come from the registry.
"""

from .form import word_form

__all__ = ["word_form"]

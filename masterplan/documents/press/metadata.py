"""What the finished file says about itself: title, author, language, dates, PDF/UA. Nothing is taken from the clock."""

from dataclasses import dataclass
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Dictionary, Name, String

_PRODUCER = "Portal Master Plan Smart City"
# Among the keywords, where it outlives most programs that write a file anew; `genuine` looks for it.
_KEYWORDS = "kode {code}"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>id</rdf:li></rdf:Bag></dc:language>
<dc:identifier>sha256:{fingerprint}</dc:identifier>
<xmp:CreateDate>{date}T00:00:00+07:00</xmp:CreateDate>
<xmp:ModifyDate>{date}T00:00:00+07:00</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
{keywords}</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True)
class Imprint:
    """`date` is the edition's, as YYYY-MM-DD; `fingerprint` the checksum of the snapshot, `code` of the file or ""."""

    title: str
    author: str
    date: str
    fingerprint: str
    code: str = ""


def add_metadata(book: pikepdf.Pdf, imprint: Imprint) -> None:
    """Write both places in which viewers look, and have the title shown instead of the file's name."""
    facts = {name: escape(value) for name, value in vars(imprint).items()}
    keywords = _KEYWORDS.format(code=imprint.code) if imprint.code else ""
    named = f"<pdf:Keywords>{keywords}</pdf:Keywords>\n" if keywords else ""
    xmp = _XMP.format(producer=_PRODUCER, keywords=named, **facts)
    book.Root.Metadata = book.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)
    book.Root.Lang = String("id")
    book.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    day = f"D:{imprint.date.replace('-', '')}000000+07'00'"
    values = {
        "Title": imprint.title,
        "Author": imprint.author,
        "Producer": _PRODUCER,
        "CreationDate": day,
        "ModDate": day,
        **({"Keywords": keywords} if keywords else {}),
    }
    for name, value in values.items():
        book.docinfo[f"/{name}"] = String(value)

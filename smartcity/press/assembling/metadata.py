"""What the finished file says about itself: title, author, language, dates, PDF/UA, and for the archive PDF/A.

Nothing is taken from the clock.
"""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

_PRODUCER = "Portal Master Plan Smart City"
# Among the keywords, where it outlives most programs that write a file anew; `genuine` looks for it.
_KEYWORDS = "kode {code}"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfuaid:part>1</pdfuaid:part>{archive}
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>id</rdf:li></rdf:Bag></dc:language>
<dc:identifier>sha256:{fingerprint}</dc:identifier>
<xmp:CreateDate>{date}T00:00:00+07:00</xmp:CreateDate>
<xmp:ModifyDate>{date}T00:00:00+07:00</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
{keywords}</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
# PDF/A wants each property that it does not know itself to be described: of all above, the mark of PDF/UA.
_ARCHIVE = """
<pdfaid:part xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">2</pdfaid:part>
<pdfaid:conformance xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">A</pdfaid:conformance>
<pdfaExtension:schemas xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""
_SRGB = "sRGB IEC61966-2.1"


@dataclass(frozen=True)
class Imprint:
    """`date` is the edition's, as YYYY-MM-DD; `fingerprint` the checksum of the snapshot, `code` of the file or "".

    `archive` asks for PDF/A.
    """

    title: str
    author: str
    date: str
    fingerprint: str
    code: str = ""
    archive: bool = False


def add_metadata(book: pikepdf.Pdf, imprint: Imprint) -> None:
    """Write both places in which viewers look, and have the title shown instead of the file's name."""
    facts = {name: escape(getattr(imprint, name)) for name in ("title", "author", "date", "fingerprint")}
    keywords = _KEYWORDS.format(code=imprint.code) if imprint.code else ""
    named = f"<pdf:Keywords>{keywords}</pdf:Keywords>\n" if keywords else ""
    xmp = _XMP.format(producer=_PRODUCER, keywords=named, archive=_ARCHIVE if imprint.archive else "", **facts)
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


def add_output_intent(book: pikepdf.Pdf) -> None:
    """Say by a profile in the file which red, green and blue are meant, as PDF/A asks."""
    profile = book.make_stream(_profile().read_bytes(), N=3)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String(_SRGB),
        Info=String(_SRGB),
        RegistryName=String("http://www.color.org"),
        DestOutputProfile=profile,
    )
    book.Root.OutputIntents = Array([book.make_indirect(intent)])


def _profile() -> Path:
    """The sRGB profile of the International Color Consortium that comes with WeasyPrint, which stays unloaded."""
    package = find_spec("weasyprint")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent / "pdf" / "sRGB2014.icc"

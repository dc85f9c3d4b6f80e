"""Chapters I, II, III and VI, the written ones: their words are the plan's sections, here come numbers and tables."""

from typing import Any

from masterplan.documents.contents import money
from masterplan.documents.contents.lookup import Lookup, Row, dimension_anchor, strategy_anchor
from masterplan.documents.contents.measure import target_column
from masterplan.documents.contents.numbering import Numbering, anchor, span
from masterplan.documents.parts import Heading, Part


def narrative(
    plan: Lookup, key: str, number: str, title: str, dimension: str = "", anchor_id: str = ""
) -> dict[str, Any]:
    """One written section: its heading (the section's own title, else `title`) and its body."""
    section = plan.section(key)
    level = min(number.count(".") + 1, 3)
    heading = Heading(level, anchor_id or anchor("bagian", key), number, section["title"] or title, dimension)
    return {"heading": heading, "body": section["body"]}


def headings_of(*sections: dict[str, Any]) -> tuple[Heading, ...]:
    """The headings of sections, for `Part.headings`."""
    return tuple(section["heading"] for section in sections)


def introduction(plan: Lookup, chapter: str) -> list[Part]:
    """BAB I: background, the regency in figures, aim, legal basis, frame, and how the documents hang together."""
    captions = Numbering("1")
    background = narrative(plan, "pendahuluan.latar-belakang", "1.1", "Latar belakang")
    regency = {"heading": Heading(2, "bagian-gambaran-umum", "1.2", "Gambaran umum daerah")}
    aim = narrative(plan, "pendahuluan.maksud-tujuan", "1.3", "Maksud dan tujuan")
    basis = narrative(plan, "pendahuluan.dasar-hukum", "1.4", "Dasar hukum")
    frame = narrative(plan, "pendahuluan.kerangka-pikir", "1.5", "Kerangka pikir")
    documents = narrative(plan, "pendahuluan.keterkaitan-dokumen", "1.6", "Keterkaitan antardokumen")
    context = {
        "background": background,
        "regency_section": regency,
        "district_names": ", ".join(district["name"] for district in plan.districts.values()),
        "aim": aim,
        "basis": basis,
        "frame": frame,
        "documents": documents,
        "facts_caption": captions.table(f"{plan.content['regency']['full_name']} dalam angka"),
        "documents_caption": captions.figure("Keterkaitan RPJMD, Renstra, dan rencana induk ini"),
        "missions_caption": captions.table("Program RPJMD dan inisiatif menurut misi"),
        "missions": _missions(plan),
        "counts": _counts(plan),
    }
    headings = headings_of(background, regency, aim, basis, frame, documents)
    return [
        Part(
            "bab-1", "print/introduction.html", context, chapter=chapter, headings=headings, captions=captions.taken()
        ),
    ]


def vision(plan: Lookup, chapter: str) -> list[Part]:
    """BAB II: vision and missions, then the targets of each dimension."""
    captions = Numbering("2")
    statement = narrative(plan, "visi.visi-misi", "2.1", "Visi dan misi")
    targets = {"heading": Heading(2, "bagian-sasaran", "2.2", "Sasaran per dimensi")}
    dimensions = [
        narrative(plan, f"visi.sasaran-{code.lower()}", f"2.2.{place}", dimension["name"], code)
        for place, (code, dimension) in enumerate(plan.dimensions.items(), 1)
    ]
    context = {
        "statement": statement,
        "targets": targets,
        "dimensions": dimensions,
        "missions_caption": captions.table(f"Misi {plan.content['development_plan']['title']}"),
        "dimensions_caption": captions.table("Inisiatif dan anggaran menurut dimensi (juta rupiah)"),
        "rows": [
            {
                "name": dimension["name"],
                "anchor": dimension_anchor(code),
                "code": code,
                "sub_dimensions": ", ".join(sub["name"] for sub in dimension["sub_dimensions"]),
                "count": len(plan.of_dimension(code)),
                "budget": money.written(money.total(plan.of_dimension(code))),
            }
            for code, dimension in plan.dimensions.items()
        ],
        "total_count": len(plan.initiatives),
        "total_budget": money.written(money.total(plan.initiatives)),
    }
    headings = headings_of(statement, targets, *dimensions)
    return [Part("bab-2", "print/vision.html", context, chapter=chapter, headings=headings, captions=captions.taken())]


def strategy(plan: Lookup, chapter: str) -> list[Part]:
    """BAB III: for each dimension a strategy and its initiatives for each sub-dimension, one after the other."""
    dimensions = [_dimension_strategy(plan, code, dimension) for code, dimension in plan.dimensions.items()]
    headings = [heading for item in dimensions for heading in headings_of(item["intro"], *item["subs"])]
    return [Part("bab-3", "print/strategy.html", {"dimensions": dimensions}, chapter=chapter, headings=tuple(headings))]


def closing(plan: Lookup, chapter: str) -> list[Part]:
    """BAB VI: how the plan is watched, with every outcome indicator, and the closing words."""
    captions = Numbering("6")
    watching = narrative(plan, "penutup.pemantauan", "6.1", "Pemantauan dan evaluasi")
    end = narrative(plan, "penutup.penutup", "6.2", "Penutup")
    rows = [
        {"initiative": initiative, "indicator": indicator, "lead": plan.agencies.get(initiative["lead_agency"])}
        for initiative in plan.initiatives
        for indicator in initiative["indicators"]
        if indicator["kind"] == "outcome"
    ]
    context = {
        "watching": watching,
        "end": end,
        "caption": captions.table("Indikator hasil yang dipantau setiap tahun"),
        "baseline_column": target_column(row["indicator"]["baseline"] for row in rows),
        "end_column": target_column(row["indicator"]["end_condition"] for row in rows),
        "rows": rows,
    }
    headings = headings_of(watching, end)
    return [Part("bab-6", "print/closing.html", context, chapter=chapter, headings=headings, captions=captions.taken())]


def initiative_lines(plan: Lookup, initiatives: list[Row]) -> list[dict[str, Any]]:
    """Initiatives as lines of a list or table: code, name, lead agency, years."""
    return [
        {
            "anchor": initiative["id"],
            "code": initiative["code"],
            "name": initiative["name"],
            "lead": plan.agencies.get(initiative["lead_agency"]),
            "period": span(initiative["start_year"], initiative["end_year"]),
            "novelty": initiative["novelty_label"].partition(" ")[0] or "-",
            "budget": money.written(money.total([initiative])),
        }
        for initiative in initiatives
    ]


def _dimension_strategy(plan: Lookup, code: str, dimension: Row) -> dict[str, Any]:
    intro = narrative(
        plan, f"strategi.{code.lower()}", plan.strategy_number(code), dimension["name"], code, strategy_anchor(code)
    )
    subs = [
        {
            **narrative(
                plan,
                f"strategi.{sub['key']}",
                plan.strategy_number(code, sub["key"]),
                sub["name"],
                code,
                strategy_anchor(code, sub["key"]),
            ),
            "name": sub["name"],
            "description": sub["description"],
            "initiatives": initiative_lines(plan, plan.of_sub_dimension(code, sub["key"])),
        }
        for sub in dimension["sub_dimensions"]
    ]
    return {
        "intro": intro,
        "dimension": dimension,
        "subs": subs,
        "action_anchor": dimension_anchor(code),
        "action_number": plan.action_number(code),
    }


def _missions(plan: Lookup) -> list[dict[str, Any]]:
    rows = []
    for mission, programs in plan.missions():
        served = {row["id"] for program in programs for row, _ in plan.answering(program["id"], "accepted", "proposed")}
        rows.append({"mission": mission, "programs": len(programs), "initiatives": len(served)})
    return rows


def _counts(plan: Lookup) -> dict[str, int]:
    return {
        "missions": len(plan.content["development_plan"]["missions"]),
        "programs": len(plan.programs),
        "strategic_plans": len(plan.content["strategic_plans"]),
        "dimensions": len(plan.dimensions),
        "initiatives": len(plan.initiatives),
        "agencies": len(plan.agencies),
        "districts": len(plan.districts),
    }

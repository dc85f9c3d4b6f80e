"""A page with a little of everything, rendered once when a render process has loaded and then thrown away.

Typefaces are opened by it, tables of rules filled, modules imported that load when they are first used. Every child
that is forked afterwards has all that and need not do it again.
"""

PROOF = """<!doctype html>
<html lang="id"><head><title>Contoh</title></head><body class="sheet page-text dim-GO">
<p class="kicker">Contoh</p><h1>Judul</h1><h2>Judul</h2><h3>Judul</h3><h4>Judul</h4>
<p class="facts-line">Fakta <strong>tebal</strong></p>
<p>Teks <em>miring</em>, <strong>tebal</strong>, <strong><em>keduanya</em></strong>.</p>
<ul><li>Butir</li></ul><ol><li>Butir</li></ol>
<div class="pair"><div class="pair-row"><div><div class="fact"><p>Fakta</p></div></div></div></div>
<table><caption id="a">Tabel</caption><colgroup><col><col class="w-unit"></colgroup>
<thead><tr><th scope="col">Kepala</th><th scope="col" class="num">1</th></tr></thead>
<tbody><tr><th scope="row">Baris</th><td class="num"><a href="#a">1.250,00</a></td></tr></tbody></table>
<svg viewBox="0 0 9 9"><title>Gambar</title><text x="1" y="8">a</text></svg>
</body></html>"""

import traceback
def test_smoke(world):
    c = world.client("coordinator"); c.raise_request_exception=True
    for u in ("buku/pekerjaan/9223372036854775808/","rpjmd/unsur/9223372036854775808/","lembar/9223372036854775808/unduh/"):
        try: print(c.get("/wilayah/kabupaten-satu/"+u).status_code)
        except Exception: print("\n".join(traceback.format_exc().splitlines()[-14:]))

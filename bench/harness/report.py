"""The table a person reads, and every single run for a program to read."""
import json
from statistics import median


def write(path, machine, contenders, runs):
    summary = {c.name: of([r for r in runs if r["contender"] == c.name]) for c in contenders}
    with open(path + ".json", "w", encoding="utf-8") as f:
        json.dump(dict(machine=machine, summary=summary, runs=runs), f, indent=1)
        f.write("\n")
    with open(path + ".md", "w", encoding="utf-8") as f:
        f.write("\n".join(text(machine, contenders, summary, runs)) + "\n")


def of(runs):
    walls = [r["wall"] for r in runs]
    return dict(runs=len(runs), wall=median(walls), wall_least=min(walls), wall_most=max(walls), cpu=median(r["cpu"] for r in runs),
                peak=max(r["peak"] for r in runs), equal=all(r["equal"] for r in runs))


def text(machine, contenders, summary, runs):
    plain = [s["wall"] for name, s in summary.items() if name.startswith("duckdb")]
    duckdb = min(plain) if plain else None
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items() if version)
    yield "# The herbarium job"
    yield ""
    yield (f"{machine['multimedia_rows']:,} media rows and {machine['occurrence_rows']:,} occurrence rows, {machine['compressed_bytes'] / 1e6:,.0f} MB compressed. "
           f"{machine['processor']}, {machine['cores']} cores, {machine['memory'] / 2**30:.0f} GiB, {machine['system']}. Commit {machine['commit']}. {versions}.")
    yield ""
    yield "| | runs | wall s, median (least to most) | CPU s | peak MB | of plain DuckDB | of igzip | equal |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
    for contender in contenders:
        s = summary[contender.name]
        floor = summary.get("igzip-variant" if contender.name.endswith("-variant") else "igzip")
        yield (f"| **{contender.name}**: {contender.about} | {s['runs']} | {s['wall']:.1f} ({s['wall_least']:.1f} to {s['wall_most']:.1f}) | {s['cpu']:.1f} | "
               f"{s['peak'] / 2**20:,.0f} | {ratio(s['wall'], duckdb)} | {ratio(s['wall'], floor and floor['wall'])} | {'yes' if s['equal'] else 'NO'} |")
    yield ""
    yield ("Wall and CPU are medians, the peak is the highest of all runs. Plain DuckDB is the faster of its two ways. Equal: every figure as in expected.json, and "
           "both output files as the first contender's, row by row in order (for the floor: both files whole). "
           f"Load average before a run: {min(r['load_before'] for r in runs):.1f} to {max(r['load_before'] for r in runs):.1f}.")


def ratio(value, of_what):
    return f"{value / of_what:.2f}" if of_what else ""

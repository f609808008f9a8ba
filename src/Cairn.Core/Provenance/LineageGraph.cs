namespace Cairn.Core.Provenance;

/// <summary>Where runs and the data they used are looked up.</summary>
public interface ILineage
{
    /// <summary>Every run that wrote (or else read) data of this content, oldest first. Of empty files only the one at this path is meant: all have one hash.</summary>
    IReadOnlyList<RunSummary> RunsOf(DataVersion data, bool written);

    /// <summary>What a run read and wrote.</summary>
    IReadOnlyList<DataUse> UsesBy(string run);
}

/// <summary>A file version or a run.</summary>
/// <param name="Key"><c>sha256:...</c>, or the run's name; for an empty file its path, since all empty files have one hash.</param>
/// <param name="Away">How many runs it is away from the start: negative up (where it came from), positive down (what was made of it).</param>
/// <param name="Paths">Where the data was; empty for a run.</param>
/// <param name="Alike">How many other runs of the same flow stand in the same place and are not shown.</param>
public sealed record LineageNode(string Key, int Away, DataVersion? Data, IReadOnlyList<string> Paths, RunSummary? Run, int Alike = 0);

/// <summary>Data goes from the first to the second: into a run that reads it, or out of a run that writes it.</summary>
public sealed record LineageEdge(string From, string To);

/// <summary>How far to follow, in runs each way.</summary>
/// <param name="All">Every run, not only the latest of each flow; and those that only planned.</param>
public sealed record LineageReach(int Up, int Down, bool All = false);

/// <summary>What came from what: file, run, files, as far as asked.</summary>
/// <param name="Nodes">From the farthest up to the farthest down.</param>
public sealed record LineageGraph(string Start, IReadOnlyList<LineageNode> Nodes, IReadOnlyList<LineageEdge> Edges)
{
    public static LineageGraph OfData(DataVersion data, LineageReach reach, ILineage lineage) => new Walk(lineage, reach).FromData(data);

    public static LineageGraph OfRun(RunSummary run, LineageReach reach, ILineage lineage) => new Walk(lineage, reach).FromRun(run);

    private static string KeyOf(DataVersion data) => data.Bytes == 0 ? data.Path : "sha256:" + data.Sha256;

    /// <summary>Breadth first, so that each thing stands as near as it can.</summary>
    private sealed class Walk(ILineage lineage, LineageReach reach)
    {
        private readonly Dictionary<string, LineageNode> _nodes = [];
        private readonly HashSet<LineageEdge> _edges = [];

        public LineageGraph FromData(DataVersion data)
        {
            Add(data, 0);
            Follow([data], up: true);
            Follow([data], up: false);
            return Graph(KeyOf(data));
        }

        public LineageGraph FromRun(RunSummary run)
        {
            _nodes[run.Run] = new LineageNode(run.Run, 0, null, [], run);
            if (reach.Up > 0)
            {
                Follow(Through(run.Run, -1, up: true), up: true, from: 1);
            }

            if (reach.Down > 0)
            {
                Follow(Through(run.Run, 1, up: false), up: false, from: 1);
            }

            return Graph(run.Run);
        }

        private void Follow(IReadOnlyList<DataVersion> data, bool up, int from = 0)
        {
            for (int step = from + 1; step <= (up ? reach.Up : reach.Down) && data.Count > 0; step++)
            {
                int away = up ? -step : step;
                var next = new List<DataVersion>();
                foreach (DataVersion one in data)
                {
                    foreach ((RunSummary run, int alike) in Runs(one, up))
                    {
                        _edges.Add(up ? new LineageEdge(run.Run, KeyOf(one)) : new LineageEdge(KeyOf(one), run.Run));
                        if (_nodes.TryAdd(run.Run, new LineageNode(run.Run, away, null, [], run, alike)))
                        {
                            next.AddRange(Through(run.Run, away, up));
                        }
                    }
                }

                data = next;
            }
        }

        /// <summary>The data on the far side of a run: what it read (up) or wrote (down).</summary>
        private List<DataVersion> Through(string run, int away, bool up)
        {
            var found = new List<DataVersion>();
            foreach (DataUse use in lineage.UsesBy(run).Where(u => u.Written != up))
            {
                _edges.Add(up ? new LineageEdge(KeyOf(use.Data), run) : new LineageEdge(run, KeyOf(use.Data)));
                if (Add(use.Data, away))
                {
                    found.Add(use.Data);
                }
            }

            return found;
        }

        /// <summary>The runs that wrote it (up) or read it (down): of each flow the latest, unless all are wanted.</summary>
        private IEnumerable<(RunSummary Run, int Alike)> Runs(DataVersion data, bool up)
        {
            IReadOnlyList<RunSummary> runs = lineage.RunsOf(data, written: up);
            return reach.All
                ? runs.Select(r => (r, 0))
                : runs.Where(r => r.Kind != RunSummary.PlanKind).GroupBy(r => r.Name).Select(g => (g.Last(), g.Count() - 1));
        }

        private bool Add(DataVersion data, int away)
        {
            string key = KeyOf(data);
            if (_nodes.TryGetValue(key, out LineageNode? there))
            {
                if (!there.Paths.Contains(data.Path))
                {
                    _nodes[key] = there with { Paths = [.. there.Paths, data.Path] };
                }

                return false;
            }

            _nodes[key] = new LineageNode(key, away, data, [data.Path], null);
            return true;
        }

        private LineageGraph Graph(string start)
        {
            List<LineageNode> nodes = [.. _nodes.Values.OrderBy(n => n.Away).ThenBy(n => n.Run is null ? 1 : 0).ThenBy(n => n.Run?.Run ?? n.Paths[0], StringComparer.Ordinal)];
            return new LineageGraph(start, nodes, [.. _edges.Where(e => _nodes.ContainsKey(e.From) && _nodes.ContainsKey(e.To)).OrderBy(e => e.From, StringComparer.Ordinal).ThenBy(e => e.To, StringComparer.Ordinal)]);
        }
    }
}

using System.Globalization;
using Cairn.Core.Flows;

namespace Cairn.Core.Provenance;

/// <summary>Something two runs do not have in common; null where one lacks it.</summary>
public sealed record Difference(string Name, string? A, string? B);

/// <summary>A file version that differs; null where one run has no such file.</summary>
public sealed record DataDifference(DataVersion? A, DataVersion? B);

/// <summary>In what two runs differ: how they were run, the flow's text, what they read and wrote, what they counted.</summary>
/// <param name="FlowText">Lines that differ, as <see cref="TextDifference"/> shows them.</param>
public sealed record RunComparison(
    RunSummary A, RunSummary B, IReadOnlyList<Difference> Circumstances, IReadOnlyList<Difference> Settings, IReadOnlyList<string> FlowText,
    IReadOnlyList<DataDifference> Inputs, IReadOnlyList<DataDifference> Outputs, IReadOnlyList<Difference> Counts, IReadOnlyList<Difference> Figures)
{
    /// <summary>The same flow and settings on the same data with the same result; who ran it, where and when does not matter.</summary>
    public bool Same => Settings.Count == 0 && FlowText.Count == 0 && Inputs.Count == 0 && Outputs.Count == 0 && Counts.Count == 0 && Figures.Count == 0;

    /// <summary>The outputs are the same bytes, whatever else differs.</summary>
    public bool SameOutputs => Outputs.Count == 0;

    public static RunComparison Of(RunManifest a, string textA, RunManifest b, string textB) => new(
        RunSummary.Of(a), RunSummary.Of(b),
        Between(Circumstance(a), Circumstance(b)),
        Between(a.Settings.Select(s => (s.Name, (string?)s.Value)), b.Settings.Select(s => (s.Name, (string?)s.Value))),
        TextDifference.Of(textA, textB),
        Data(a.Inputs, b.Inputs), Data(a.Outputs, b.Outputs),
        Between(Counted(a.Report), Counted(b.Report)),
        Between(Measured(a.Report), Measured(b.Report)));

    private static IEnumerable<(string, string?)> Circumstance(RunManifest run)
    {
        yield return ("state", run.State.ToString().ToLowerInvariant());
        yield return ("exit code", run.ExitCode?.ToString(CultureInfo.InvariantCulture));
        yield return ("flow file", run.FlowFile);
        if (run.Surroundings is { } where)
        {
            yield return ("user", where.User);
            yield return ("host", where.Host);
            yield return ("operating system", where.OperatingSystem);
            yield return ("runtime", where.Runtime);
            yield return ("Cairn", where.CairnVersion);
            foreach ((string name, string value) in where.Variables.OrderBy(v => v.Key, StringComparer.Ordinal))
            {
                yield return ("variable " + name, value);
            }
        }
    }

    private static IEnumerable<(string, string?)> Counted(FlowReport? report)
    {
        foreach (Account account in report?.Accounts ?? [])
        {
            yield return (account.Table + ": rows out", Number(account.Out));
            foreach ((string kind, IReadOnlyList<Movement> movements) in new[] { ("in", account.In), ("added", account.Added), ("gone", account.Gone) })
            {
                foreach (IGrouping<string, Movement> reason in movements.GroupBy(m => m.Reason))
                {
                    yield return ($"{account.Table}: {kind}, {reason.Key}", Number(reason.Sum(m => m.Rows)));
                }
            }
        }

        foreach (CheckResult check in report?.Checks ?? [])
        {
            yield return ($"{check.Table}: {check.Text}", check.Holds ? "holds" : $"holds for {Number(check.Met)} of {Number(check.Of)}");
        }
    }

    private static IEnumerable<(string, string?)> Measured(FlowReport? report) =>
        report?.Figures.SelectMany(f => FigureParts.Of(f.Name, f.Value)) ?? [];

    private static List<Difference> Between(IEnumerable<(string Name, string? Value)> a, IEnumerable<(string Name, string? Value)> b)
    {
        List<(string Name, string? Value)> left = [.. a], right = [.. b];
        Dictionary<string, string?> of = [];
        right.ForEach(r => of.TryAdd(r.Name, r.Value));
        var differences = new List<Difference>();
        var seen = new HashSet<string>();
        foreach ((string name, string? value) in left)
        {
            if (seen.Add(name) && (!of.TryGetValue(name, out string? other) || other != value))
            {
                differences.Add(new Difference(name, value, of.GetValueOrDefault(name)));
            }
        }

        differences.AddRange(right.Where(r => seen.Add(r.Name)).Select(r => new Difference(r.Name, null, r.Value)));
        return differences;
    }

    /// <summary>By path; what is left over, by content, so that a file that was only moved does not count.</summary>
    private static List<DataDifference> Data(IReadOnlyList<DataVersion> a, IReadOnlyList<DataVersion> b)
    {
        var differences = new List<DataDifference>();
        List<DataVersion> left = [.. a], right = [.. b];
        foreach (DataVersion data in a)
        {
            DataVersion? same = right.Find(d => d.Path == data.Path) ?? right.Find(d => d.Sha256 == data.Sha256 && a.All(o => o.Path != d.Path));
            if (same is not null)
            {
                left.Remove(data);
                right.Remove(same);
                if (same.Sha256 != data.Sha256)
                {
                    differences.Add(new DataDifference(data, same));
                }
            }
        }

        differences.AddRange(left.Select(d => new DataDifference(d, null)));
        differences.AddRange(right.Select(d => new DataDifference(null, d)));
        return differences;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

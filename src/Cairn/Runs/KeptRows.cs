using Cairn.Adapters.Stores;
using Cairn.Core;
using Cairn.Core.Provenance;
using Cairn.Terminal;

namespace Cairn.Runs;

/// <summary>Rows that a run kept in its folder: those refused, those that missed a warning.</summary>
internal static class KeptRows
{
    private const int Shown = 20;

    public static ExitCode Refused(RunManifest run, int? limit, Composition cairn)
    {
        string folder = new RunHistory(cairn.Store).FolderOf(run.Folder);
        RowTable? table = RowTable.Read(Path.Combine(folder, "refused.tsv"), limit ?? Shown);
        if (table is null)
        {
            return Nothing(run, $"run {run.Id} refused no rows", cairn);
        }

        return Show(run, [("refused", table)], cairn);
    }

    /// <param name="wanted">A table of the flow; several checks of it may each have their rows.</param>
    public static ExitCode Warned(RunManifest run, string wanted, int? limit, Composition cairn)
    {
        string folder = Path.Combine(new RunHistory(cairn.Store).FolderOf(run.Folder), "warned");
        List<string> all = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)] : [];
        List<(string, RowTable)> found = [.. all.Where(f => IsOf(NameOf(f), wanted)).Select(f => (NameOf(f), RowTable.Read(f, limit ?? Shown)!))];

        if (found.Count > 0)
        {
            return Show(run, found, cairn);
        }

        string? near = DidYouMean.Of(wanted, all.Select(NameOf));
        return all.Count == 0
            ? Nothing(run, $"all checks of run {run.Id} were met by every row", cairn)
            : throw new ProblemException(new Problem("run/no-such-warning", ProblemKind.Usage, $"no rows of `{wanted}` missed a check in run {run.Id}", Help: $"there are rows of: {string.Join(", ", all.Select(NameOf))}")
            {
                Hint = near is null ? null : $"did you mean `{near}`?",
            });
    }

    private static ExitCode Nothing(RunManifest run, string sentence, Composition cairn)
    {
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                json.WriteString("run", run.Folder);
                json.WriteStartArray("tables");
                json.WriteEndArray();
                ProblemJson.Write(json, []);
            });
        }
        else
        {
            cairn.Screen.Out.WriteLine(sentence);
        }

        return ExitCode.Done;
    }

    private static ExitCode Show(RunManifest run, IReadOnlyList<(string Name, RowTable Table)> tables, Composition cairn)
    {
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                json.WriteString("run", run.Folder);
                RunsJson.List(json, "tables", tables, t =>
                {
                    json.WriteString("name", t.Name);
                    json.WriteString("file", t.Table.Path);
                    json.WriteNumber("rows", t.Table.Count);
                    RunsJson.Texts(json, "columns", t.Table.Columns);
                    RunsJson.List(json, "shown", t.Table.Rows, row =>
                    {
                        foreach ((string column, string cell) in t.Table.Columns.Zip(row))
                        {
                            json.WriteString(column, cell.Length == 0 ? null : cell);
                        }
                    });
                });
                ProblemJson.Write(json, []);
            });
            return ExitCode.Done;
        }

        TextWriter to = cairn.Screen.Out;
        foreach ((string name, RowTable table) in tables)
        {
            to.WriteLine($"{cairn.Screen.OutInk.Strong(Printable.Of(name))}   {Amount.Of(table.Count, "row")}   {Printable.Of(cairn.Shown(table.Path))}");
            RowsPrinter.Print(table.Columns, table.Rows, to, cairn.Screen.OutInk, cairn.Screen.Width, "  ");
            if (table.Count > table.Rows.Count)
            {
                to.WriteLine($"  ... {Amount.Count(table.Count - table.Rows.Count)} more: --limit {table.Count}");
            }
        }

        return ExitCode.Done;
    }

    private static bool IsOf(string name, string wanted) => name == wanted || (name.StartsWith(wanted + "-", StringComparison.Ordinal) && int.TryParse(name.AsSpan(wanted.Length + 1), out _));

    private static string NameOf(string path)
    {
        string name = Path.GetFileName(path);
        return name[..name.IndexOf(".tsv", StringComparison.Ordinal)];
    }
}

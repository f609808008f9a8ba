using Cairn.Adapters.Downloads;
using Cairn.Adapters.FlowFiles;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Terminal;

namespace Cairn.Running;

/// <summary>The SQL behind a flow's steps, for those who want to see what the short forms mean. Only headers are read.</summary>
internal static class FlowSql
{
    public static ExitCode Print(RunWish wish, Composition cairn)
    {
        FlowFile file = FlowFile.Read(wish.Named, cairn.CurrentFolder, cairn.Project.Folder, wish.Set);
        Flow flow = file.Flow ?? throw new ProblemException(file.Problems);
        using var folder = new TemporaryFolder();
        using var addresses = new Addresses();
        using var work = new FlowWork(flow, World.Of(cairn, null, addresses), World.Options(cairn), folder.Path, _ => { });
        work.Open(cairn.Stop);
        IReadOnlyList<(string Table, IReadOnlyList<string> Statements)> tables = work.Statements(cairn.Stop);
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                json.WriteString("flow", flow.Name);
                json.WriteStartArray("sql");
                foreach ((string table, IReadOnlyList<string> statements) in tables)
                {
                    json.WriteStartObject();
                    json.WriteString("table", table);
                    json.WriteStartArray("statements");
                    foreach (string statement in statements)
                    {
                        json.WriteStringValue(statement);
                    }

                    json.WriteEndArray();
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                ProblemJson.Write(json, file.Problems);
            });
            return ExitCode.Done;
        }

        foreach ((string table, IReadOnlyList<string> statements) in tables)
        {
            cairn.Screen.Out.WriteLine(cairn.Screen.OutInk.Faint($"-- {Printable.Of(table)}"));
            foreach (string statement in statements)
            {
                cairn.Screen.Out.WriteLine(string.Join('\n', statement.TrimEnd().Split('\n').Select(Printable.Of)) + ";");
            }

            cairn.Screen.Out.WriteLine();
        }

        return ExitCode.Done;
    }
}

using System.CommandLine;
using Cairn.Adapters.FlowFiles;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Terminal;

namespace Cairn.Commands;

/// <summary><c>cairn check</c>: flow files read and bound, no data, no network; for editors and commit hooks.</summary>
internal static class CheckCommand
{
    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden };
    private static readonly string[] Endings = [".flow.yaml", ".flow.yml", ".flow.json"];

    public static Command Create(Composition cairn)
    {
        var paths = new Argument<string[]>("paths") { Description = "Flow files, folders of them, or names of flows (the whole project)", Arity = ArgumentArity.ZeroOrMore };
        var set = SetOption.Create();
        var check = new Verb("check", "Check flow files without reading data", Chapter.Flows)
        {
            More = "Everything that can be known before data is read: unknown settings, tables and columns, types, cycles. Columns are looked up in the headers of the files that are there. Exit code 1 when something was found.",
            Examples =
            [
                new Example("cairn check", "every flow of the project"),
                new Example("cairn check flows/share.flow.yaml --format short", "one line for each problem, as editors like it"),
            ],
        };
        check.Add(paths);
        check.Options.Add(set);
        return check.Does(parse => Check(parse.GetValue(paths) ?? [], SetOption.Read(parse.GetValue(set)), cairn));
    }

    private static ExitCode Check(IReadOnlyList<string> paths, IReadOnlyList<KeyValuePair<string, string>> set, Composition cairn)
    {
        IReadOnlyList<FlowFile> files = [.. (paths.Count == 0 ? [cairn.Project.Folder] : paths).SelectMany(p => Flows(p, set, cairn)).DistinctBy(f => f.Path ?? (object)f)];
        if (files.Count == 0)
        {
            throw new ProblemException(new Problem("flow/none-in-folder", ProblemKind.Usage, $"there are no flow files in {cairn.Shown(cairn.Project.Folder)}", Help: "a flow file's name ends in .flow.yaml; cairn help flow-files"));
        }

        var problems = new List<Problem>();
        foreach (FlowFile file in files)
        {
            cairn.Stop.ThrowIfCancellationRequested();
            problems.AddRange(file.Problems);
            if (file.Flow is { } flow)
            {
                problems.AddRange(FlowHeaders.Check(flow, cairn));
            }
        }

        Tell(files, problems, cairn);
        return problems.Count == 0 ? ExitCode.Done : problems.Any(p => p.Code == "flow/not-found") ? ExitCode.Usage : ExitCode.Found;
    }

    private static IEnumerable<FlowFile> Flows(string named, IReadOnlyList<KeyValuePair<string, string>> set, Composition cairn)
    {
        string path = cairn.Absolute(named);
        if (!Directory.Exists(path))
        {
            return FlowFiles.Read(named, cairn.CurrentFolder, cairn.Project.Folder, set);
        }

        return from file in Directory.EnumerateFiles(path, "*.flow.*", Below).Order(StringComparer.Ordinal)
               where Endings.Any(e => file.EndsWith(e, StringComparison.Ordinal))
               from flow in FlowFiles.Read(cairn.Shown(file), cairn.CurrentFolder, cairn.Project.Folder, set)
               select flow;
    }

    private static void Tell(IReadOnlyList<FlowFile> files, IReadOnlyList<Problem> problems, Composition cairn)
    {
        bool ok = problems.All(p => p.Kind == ProblemKind.Finding);
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", ok);
                json.WriteStartArray("files");
                foreach (FlowFile file in files)
                {
                    json.WriteStartObject();
                    json.WriteString("file", file.Path);
                    json.WriteString("flow", file.Flow?.Name);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                ProblemJson.Write(json, problems);
            });
            return;
        }

        cairn.Tell(problems);
        if (!cairn.Asked.Quiet)
        {
            int errors = problems.Count(p => p.Kind != ProblemKind.Finding);
            int findings = problems.Count - errors;
            cairn.Screen.Out.WriteLine($"{Amount.Of(files.Count, "flow file")} checked: {Amount.Of(errors, "error")}, {Amount.Of(findings, "warning")}");
        }
    }
}

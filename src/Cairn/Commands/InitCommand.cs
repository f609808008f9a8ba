using System.CommandLine;
using Cairn.Adapters.Files;
using Cairn.Core;
using Cairn.Templates;
using Cairn.Terminal;

namespace Cairn.Commands;

/// <summary><c>cairn init herbarium --template herbarium-sheets</c>: a project that runs at once.</summary>
internal static class InitCommand
{
    private static readonly string[] TemplateNames = [.. Template.All.Select(t => t.Name)];

    public static Command Create(Composition cairn)
    {
        var folder = new Argument<string>("folder") { Description = "The project's folder; made when it is not there (the current folder)", Arity = ArgumentArity.ZeroOrOne };
        Option<string> template = Choice.Option("--template", "Begin with an example that runs at once, with data made for it", TemplateNames);
        template.Recursive = false;
        var init = new Verb("init", "Make a project", Chapter.Flows)
        {
            More = "The folder must be empty. Templates: " + string.Join("; ", Template.All.Select(t => $"{t.Name} ({t.About.TrimEnd('.')})")) + ".",
            Examples =
            [
                new Example("cairn init herbarium --template herbarium-sheets", "a flow with data of its own, ready to run"),
                new Example("cairn init", "makes the current, empty folder a project"),
            ],
        };
        init.Add(folder);
        init.Options.Add(template);
        return init.Does(parse => Make(parse.GetValue(folder) ?? ".", parse.GetValue(template), cairn));
    }

    private static ExitCode Make(string named, string? template, Composition cairn)
    {
        string folder = cairn.Absolute(named);
        string next = Next(named, template);
        IReadOnlyList<string> files;
        try
        {
            MustBeEmpty(folder, named);
            files = Write(folder, Template.All.FirstOrDefault(t => t.Name == template), cairn.Stop);
        }
        catch (Exception cause) when (FileProblems.Is(cause))
        {
            throw new ProblemException(FileProblems.Writing(folder, cause), cause);
        }

        Tell(folder, files, next, cairn);
        return ExitCode.Done;
    }

    private static void MustBeEmpty(string folder, string named)
    {
        if (File.Exists(folder))
        {
            throw new ProblemException(new Problem("init/is-file", ProblemKind.Usage, $"`{named}` is a file; a project is a folder", Help: "cairn init another-folder"));
        }

        // A repository that was just begun counts as empty.
        string[] there = Directory.Exists(folder) ? [.. Directory.EnumerateFileSystemEntries(folder).Select(e => Path.GetFileName(e)).Where(n => n != ".git").Order(StringComparer.Ordinal)] : [];
        if (there.Length > 0)
        {
            throw new ProblemException(new Problem("init/not-empty", ProblemKind.Usage, $"`{named}` is not empty; nothing was written", Help: "cairn init another-folder")
            {
                Details = [$"it holds {string.Join(", ", there.Take(5))}{(there.Length > 5 ? $" and {there.Length - 5} more" : "")}"],
            });
        }
    }

    private static List<string> Write(string folder, Template? template, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        template?.Write(folder);
        stop.ThrowIfCancellationRequested();
        var files = new List<string>((template?.Files ?? []).Select(f => f.Path));
        string name = Quoted(Path.GetFileName(folder));
        foreach ((string file, string text) in new[]
        {
            (Project.FileName, $"# The project file: where a project begins. Runs are kept beside it, in .cairn/runs. Settings: cairn config --origin\nproject: {name}\n"),
            (Project.LocalFileName, "# Settings of this machine alone; git leaves this file out. It beats cairn.yaml.\n# memory: 2GB\n# temp: /scratch\n"),
            (".gitignore", $"{Project.StoreName}/\n{Project.LocalFileName}\nout/\n"),
        })
        {
            if (!files.Contains(file))
            {
                File.WriteAllText(Path.Combine(folder, file), text);
                files.Add(file);
            }
        }

        return files;
    }

    // A folder's name may be anything; quoted, it is a YAML text whatever it holds.
    private static string Quoted(string name) =>
        $"\"{Printable.Of(name).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Next(string named, string? template) => (named == "." ? "" : $"cd {named} && ") + (template is null ? "cairn help flow-files" : $"cairn run {template}");

    private static void Tell(string folder, IReadOnlyList<string> files, string next, Composition cairn)
    {
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                json.WriteString("folder", folder);
                json.WriteStartArray("files");
                foreach (string file in files)
                {
                    json.WriteStringValue(file);
                }

                json.WriteEndArray();
                json.WriteString("next", next);
                ProblemJson.Write(json, []);
            });
            return;
        }

        long bytes = files.Sum(f => new FileInfo(Path.Combine(folder, f)).Length);
        cairn.Screen.Out.WriteLine($"made {Printable.Of(cairn.Shown(folder))}: {Amount.Of(files.Count, "file")}, {Amount.Bytes(bytes)}");
        foreach (string file in files)
        {
            cairn.Screen.Out.WriteLine($"  {file}");
        }

        cairn.Screen.Out.WriteLine($"next   {cairn.Screen.OutInk.Strong(Printable.Of(next))}");
    }
}

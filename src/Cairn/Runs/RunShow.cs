using Cairn.Adapters.Stores;
using Cairn.Core.Provenance;
using Cairn.Terminal;

namespace Cairn.Runs;

/// <summary>One run for people: how it ended, its report, what it read and wrote, who ran it where, with which settings, and what else is in its folder.</summary>
internal sealed class RunShow(Composition cairn, RunManifest run, string folder)
{
    private readonly TextWriter _to = cairn.Screen.Out;
    private readonly Ink _ink = cairn.Screen.OutInk;
    private readonly int _width = cairn.Screen.Width;

    public static ExitCode Print(RunManifest run, Composition cairn)
    {
        string folder = new RunHistory(cairn.Store).FolderOf(run.Folder);
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                RunsJson.Write(json, run, folder);
                ProblemJson.Write(json, run.Problems);
            });
        }
        else
        {
            new RunShow(cairn, run, folder).Print();
        }

        return ExitCode.Done;
    }

    private void Print()
    {
        foreach (string line in HelpPrinter.Wrap(Printable.Of(RunWords.Sentence(run)), _width))
        {
            _to.WriteLine(_ink.Strong(line));
        }

        if (run.Report is { } report)
        {
            _to.WriteLine();
            var printer = new ReportPrinter(_to, _ink, _width, cairn.Shown) { Verbose = cairn.Asked.Verbose, Short = cairn.Asked.Short };
            printer.Plan(report);
        }

        if (run.Problems.Count > 0)
        {
            Title("Problems");
            ProblemPrinter.Print(run.Problems, _to, _ink, cairn.Asked.Short, _width);
        }

        Files("Read", run.Inputs);
        Files("Written", run.Outputs);
        Kept();
        Who();
        Settings();
        Folder();
    }

    private void Files(string title, IReadOnlyList<DataVersion> versions)
    {
        if (versions.Count == 0)
        {
            return;
        }

        Title(title);
        var grid = new Grid("", ">", "", "") { Indent = "  ", Paths = [0], CutLast = true };
        foreach (DataVersion data in versions)
        {
            string changed = data.ChangedWhileRead ? "changed while it was read" : data.Modified is { } modified ? RunWords.Time(modified) : "";
            grid.Add(cairn.Shown(data.Path), Amount.Bytes(data.Bytes), "sha256 " + Hash(data.Sha256), changed);
        }

        grid.Print(_to, _ink, _width);
    }

    private void Kept()
    {
        int kept = run.Kept.Count(k => k.State == KeptState.Kept);
        if (run.Kept.Count > 0)
        {
            Title($"In the archive: {kept} of {Amount.Of(run.Kept.Count, "version")} asked for");
        }
    }

    private void Who()
    {
        if (run.Surroundings is not { } where)
        {
            return;
        }

        Title("Who and where");
        var grid = new Grid("", "") { Indent = "  " };
        grid.Add("user", $"{where.User} on {where.Host}");
        grid.Add("system", $"{where.OperatingSystem}; {where.Runtime}; Cairn {where.CairnVersion}");
        grid.Add("command", string.Join(' ', where.CommandLine));
        grid.Add("folder", where.WorkingFolder);
        foreach ((string name, string value) in where.Variables)
        {
            grid.Add(name, value);
        }

        grid.Print(_to, _ink, _width);
    }

    private void Settings()
    {
        if (run.Settings.Count == 0)
        {
            return;
        }

        Title("Settings");
        var grid = new Grid("", "", "") { Indent = "  " };
        foreach (SettingInForce setting in run.Settings)
        {
            grid.Add(setting.Name, setting.Value, setting.Origin);
        }

        grid.Print(_to, _ink, _width);
    }

    private void Folder()
    {
        Title("Folder");
        _to.WriteLine($"  {Printable.Of(cairn.Shown(folder))}");
        if (run.Files.Count > 0)
        {
            foreach (string line in HelpPrinter.Wrap(Printable.Of(string.Join(", ", run.Files.Select(f => f.Path).Prepend("run.json"))), _width - 2))
            {
                _to.WriteLine("  " + line);
            }
        }
    }

    private void Title(string title)
    {
        _to.WriteLine();
        _to.WriteLine(_ink.Strong(title));
    }

    private string Hash(string sha256) => cairn.Asked.Verbose ? sha256 : sha256[..Math.Min(12, sha256.Length)];
}

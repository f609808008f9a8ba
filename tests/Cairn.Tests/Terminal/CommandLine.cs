using System.Text.Json;
using Cairn.Terminal;

namespace Cairn.Tests.Terminal;

/// <summary>A command line run in this process, in a folder of its own, without a terminal.</summary>
internal sealed class CommandLine : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("cairn-test-").FullName;
    public Dictionary<string, string> Environment { get; } = [];
    public string Out { get; private set; } = "";
    public string Error { get; private set; } = "";
    public TextReader Answers { get; set; } = TextReader.Null;
    public bool Terminal { get; set; }
    public CancellationToken Stop { get; set; }
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public ExitCode Run(params string[] line)
    {
        using var to = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        Environment.TryAdd("HOME", Folder);
        var screen = new Screen(to, error, Answers) { OutIsTerminal = Terminal, ErrorIsTerminal = Terminal, InIsTerminal = Terminal };
        ExitCode code = Shell.Run(line, new Composition(screen, Folder, Environment, Clock, Stop));
        (Out, Error) = (to.ToString(), error.ToString());
        return code;
    }

    public Composition Compose() => new(new Screen(TextWriter.Null, TextWriter.Null, TextReader.Null), Folder, Environment, Clock, Stop);

    public JsonElement OutAsJson() => JsonDocument.Parse(Out).RootElement;

    public string Write(string path, string text)
    {
        string full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

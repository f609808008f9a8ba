using System.Collections;
using Cairn.Core;
using Cairn.Terminal;

namespace Cairn;

/// <summary>
/// The one place where the core's ports meet their adapters, and all that a command needs of its surroundings. Everything is made when it is
/// first asked for, so that <c>cairn --help</c> loads neither SQLite nor YAML nor DuckDB.
/// </summary>
internal sealed class Composition(Screen screen, string currentFolder, IReadOnlyDictionary<string, string> environment, TimeProvider clock, CancellationToken stop)
{
    private Project? _project;

    public GlobalOptions Globals { get; } = new();

    /// <summary>The global options of this command line.</summary>
    public Asked Asked { get; private set; } = new();

    public Screen Screen { get; private set; } = screen;

    /// <summary>Absolute; relative paths a user types start here.</summary>
    public string CurrentFolder { get; } = currentFolder;
    public IReadOnlyDictionary<string, string> Environment { get; } = environment;
    public TimeProvider Clock { get; } = clock;

    /// <summary>Asked to stop: pass it to everything that takes time.</summary>
    public CancellationToken Stop { get; } = stop;

    /// <summary>Of the command at work, for reports: never its arguments.</summary>
    public string CommandName { get; set; } = "cairn";

    public Project Project => _project ??= Project.Find(CurrentFolder, Asked.Project);

    public static Composition OfProcess(CancellationToken stop)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            environment[(string)variable.Key] = variable.Value as string ?? "";
        }

        return new Composition(Screen.OfProcess(), Directory.GetCurrentDirectory(), environment, TimeProvider.System, stop);
    }

    /// <summary>Called once the line is parsed, before the command acts.</summary>
    public void Begin(Asked asked, string commandName)
    {
        Asked = asked;
        CommandName = commandName;
        bool color = !asked.NoColor && Variable("NO_COLOR") is null && Variable("TERM") != "dumb";
        Screen = Screen with { OutInk = new Ink(color && Screen.OutIsTerminal), ErrorInk = new Ink(color && Screen.ErrorIsTerminal) };
    }

    /// <summary>An environment variable; null when absent or empty.</summary>
    public string? Variable(string name) => Environment.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    /// <summary>A path a user typed, made absolute.</summary>
    public string Absolute(string path) => Path.GetFullPath(path, CurrentFolder);

    /// <summary>An absolute path as the user would type it here: relative when it is below the current folder.</summary>
    public string Shown(string path)
    {
        string relative = Path.GetRelativePath(CurrentFolder, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    /// <summary>Shows problems: on standard error for people, as the answer itself with --json.</summary>
    public void Tell(IReadOnlyList<Problem> problems)
    {
        if (Asked.Json)
        {
            Json.Write(Screen.Out, json =>
            {
                json.WriteBoolean("ok", !problems.Any(p => p.Kind != ProblemKind.Finding));
                ProblemJson.Write(json, problems);
            });
        }
        else
        {
            ProblemPrinter.Print(problems, Screen.Error, Screen.ErrorInk, Asked.Short, Screen.Width);
        }
    }
}

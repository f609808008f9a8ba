using System.Collections;
using Cairn.Adapters.Stores;
using Cairn.Configuration;
using Cairn.Core;
using Cairn.Terminal;

namespace Cairn;

/// <summary>
/// The one place where the core's ports meet their adapters, and all that a command needs of its surroundings. Everything is made when it is
/// first asked for, so that <c>cairn --help</c> loads neither SQLite nor YAML nor DuckDB.
/// </summary>
internal sealed class Composition(Screen screen, string currentFolder, IReadOnlyDictionary<string, string> environment, TimeProvider clock, CancellationToken stop)
{
    private readonly Dictionary<string, string> _options = [];
    private Project? _project;
    private SettingsInForce? _settings;

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
    public string CommandName { get; private set; } = "cairn";

    /// <summary>What was typed after the program's name.</summary>
    public IReadOnlyList<string> Line { get; private set; } = [];

    public Project Project => _project ??= Project.Find(CurrentFolder, Asked.Project);

    /// <summary>Read when first asked for. Throws <see cref="ProblemException"/> with all that is wrong in them.</summary>
    public SettingsInForce Settings => _settings ??= SettingsInForce.Of(Layers());

    /// <summary>Where runs, their index, reports and the archive are; absolute.</summary>
    public string Store => Settings.Store;

    /// <summary>Where downloads are kept between runs.</summary>
    public string Cache => Path.Combine(Store, "cache");

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
    public void Begin(IReadOnlyList<string> line, Asked asked, string commandName)
    {
        Line = line;
        Asked = asked;
        CommandName = commandName;
        string color = asked.NoColor || Variable("NO_COLOR") is not null ? "never" : ColorSetting();
        bool may = color != "never" && (Variable("TERM") != "dumb" || color == "always");
        Screen = Screen with
        {
            OutInk = new Ink(may && (Screen.OutIsTerminal || color == "always")),
            ErrorInk = new Ink(may && (Screen.ErrorIsTerminal || color == "always")),
        };
    }

    /// <summary>An option of a command that overrides a setting, before the settings are first asked for.</summary>
    public void Override(string setting, string? text)
    {
        if (text is not null)
        {
            _options[setting] = text;
        }
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

    /// <summary>The index of runs; that it had to be built anew is said on standard error.</summary>
    public RunIndex Index() => new(Store, line =>
    {
        if (!Asked.Quiet)
        {
            Screen.Error.WriteLine(line);
        }
    });

    /// <summary>Progress on standard error, to be disposed or paused before anything else is printed; null with --quiet.</summary>
    public ProgressPrinter? Progress() => Asked.Quiet ? null : new(Screen.Error, Screen.ErrorIsTerminal, Screen.Width, Clock);

    private SettingLayer[] Layers()
    {
        string local = Path.Combine(Project.Folder, Project.LocalFileName);
        string shared = Path.Combine(Project.Folder, Project.FileName);
        string own = Path.Combine(Variable("XDG_CONFIG_HOME") ?? Path.Combine(Variable("HOME") ?? Variable("USERPROFILE") ?? Project.Folder, ".config"), "cairn", "config.yaml");
        return
        [
            new OptionLayer(_options), new EnvironmentLayer(Environment, CurrentFolder),
            new FileLayer(local, Shown(local)), new FileLayer(shared, Shown(shared)), new FileLayer(own, Shown(own)), new BuiltInLayer(Project.Folder),
        ];
    }

    // Help must not wait for the YAML reader: settings are read for their colour only when some file or variable speaks of colour.
    private string ColorSetting()
    {
        try
        {
            return Variable("CAIRN_COLOR") is not null || new[] { Project.LocalFileName, Project.FileName }.Any(SpeaksOfColor) ? Settings["color"].Text : "auto";
        }
        catch (ProblemException)
        {
            return "auto";
        }
    }

    private bool SpeaksOfColor(string file)
    {
        string path = Path.Combine(Project.Folder, file);
        return File.Exists(path) && File.ReadAllText(path).Contains("color", StringComparison.Ordinal);
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

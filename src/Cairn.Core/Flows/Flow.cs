using Cairn.Core.Expressions;
using Cairn.Core.Settings;

namespace Cairn.Core.Flows;

/// <summary>
/// A flow as its file declares it (docs/reference/flow-files.md): what is read, how it is shaped, what is written, what is kept.
/// Everything is bound and checked as far as can be without reading data; parameters are already filled in.
/// </summary>
public sealed record Flow(string Name, FilePlace Place)
{
    public string? About { get; init; }
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];
    public IReadOnlyList<Read> Reads { get; init; } = [];

    /// <summary>In the file's order, which need not be the order of work; see <see cref="FlowOrder"/>.</summary>
    public IReadOnlyList<Step> Steps { get; init; } = [];
    public IReadOnlyList<Write> Writes { get; init; } = [];

    /// <summary>Named numbers the report shows and <c>--json</c> gives by name.</summary>
    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>Exact values of figures for one data set, from a file beside the data; null when the flow names none or the file is absent and optional.</summary>
    public ExpectedFigures? Expected { get; init; }
    public Keep Keep { get; init; } = new();

    /// <summary>Other flow files to run before this one, in order; absolute paths.</summary>
    public IReadOnlyList<string> Flows { get; init; } = [];

    /// <summary>The flow file's folder, absolute: relative paths start here.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The file's text as read, for the run's folder.</summary>
    public string Text { get; init; } = "";
}

/// <summary>Text, number, or the path of a file or folder (a path's default is relative to the flow file, a path given with --set to the current folder).</summary>
public enum ParameterKind
{
    Text,
    Number,
    File,
    Folder,
}

/// <summary>A value a run may set: <c>--set name=value</c>. In SQL and expressions it is <c>$name</c>, in paths <c>${name}</c> or <c>${name.folder}</c>.</summary>
/// <param name="Value">The value in force: set, or the default. Paths are absolute.</param>
/// <param name="Origin">Where the value came from: "--set", or the flow file with its line.</param>
public sealed record Parameter(string Name, ParameterKind Kind, string Value, string Origin, string? About, FilePlace Place);

/// <summary>One table that is read: a connector with its settings.</summary>
/// <param name="Settings">The connector's own settings, checked against its shape, paths absolute.</param>
/// <param name="Fields">The columns the flow wants, as listed; null for all. The order in the table is the source's.</param>
public sealed record Read(string Name, string Connector, MapSetting Settings, IReadOnlyList<NameAt>? Fields, FilePlace Place)
{
    public RefusedPolicy Refused { get; init; } = RefusedPolicy.List;
    public IReadOnlyList<Expectation> Checks { get; init; } = [];
}

/// <summary>What happens when rows cannot be read: they are listed and the run goes on (Limit null), or it stops when more than Limit are refused.</summary>
public sealed record RefusedPolicy(long? Limit)
{
    public static readonly RefusedPolicy List = new((long?)null);
    public static readonly RefusedPolicy Stop = new(0L);
}

/// <summary>A name a user wrote, with its place.</summary>
public sealed record NameAt(string Name, FilePlace Place);

/// <summary>One table that goes out.</summary>
/// <param name="Name">The key under <c>write</c>; for a destination of one table, the table's name.</param>
/// <param name="Tables">The tables it takes.</param>
public sealed record Write(string Name, IReadOnlyList<NameAt> Tables, string Connector, MapSetting Settings, FilePlace Place);

/// <summary>Which payloads and file versions the run keeps in the archive, and up to which size of a file in bytes.</summary>
public sealed record Keep(bool Inputs = false, bool Outputs = false, long? SizeLimit = null);

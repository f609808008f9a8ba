using System.CommandLine;

namespace Cairn.Commands;

/// <summary>The tasks by which <c>cairn help</c> groups commands, in the order of the work.</summary>
internal enum Chapter
{
    Flows,
    Runs,
    Project,
    Help,
}

/// <summary>A command with what its help shows beyond names: the chapter it belongs to and examples that can be pasted.</summary>
internal sealed class Verb(string name, string about, Chapter chapter) : Command(name, about)
{
    public Chapter Chapter { get; } = chapter;

    /// <summary>Two lines a person can paste, with what each does.</summary>
    public IReadOnlyList<Example> Examples { get; init; } = [];

    /// <summary>A paragraph under the first sentence, where one sentence is not enough.</summary>
    public string? More { get; init; }

    /// <summary>What the command does: from what was typed to the code it gives back. Problems are thrown; the shell prints them.</summary>
    public Verb Does(Func<ParseResult, ExitCode> act)
    {
        SetAction(parse => (int)act(parse));
        return this;
    }
}

internal sealed record Example(string Line, string About);

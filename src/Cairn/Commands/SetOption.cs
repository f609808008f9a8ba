using System.CommandLine;
using Cairn.Core;

namespace Cairn.Commands;

/// <summary><c>--set name=value</c>, as often as there are parameters.</summary>
internal static class SetOption
{
    public static Option<string[]> Create() => new("--set")
    {
        Description = "Give a parameter of the flow a value; may stand several times",
        HelpName = "name=value",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    public static IReadOnlyList<KeyValuePair<string, string>> Read(string[]? given) => [.. (given ?? []).Select(One)];

    private static KeyValuePair<string, string> One(string given)
    {
        int equals = given.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new(given[..equals], given[(equals + 1)..])
            : throw new ProblemException(new Problem("usage/set", ProblemKind.Usage, $"--set takes name=value, and `{given}` has no `=` after a name", Help: "--set data=FOLDER"));
    }
}

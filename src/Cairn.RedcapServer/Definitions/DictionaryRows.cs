namespace Cairn.RedcapServer.Definitions;

/// <summary>One value of a data dictionary that cannot be, named by its cell as a spreadsheet names it (<c>A3</c>).</summary>
/// <param name="Message">What is wrong, in words that are the same for each such cell.</param>
/// <param name="Value">The value; blank when the message needs none.</param>
public sealed record DictionaryFault(string Cell, string Message, string Value = "");

/// <summary>A data dictionary that cannot be taken; <see cref="Faults"/> has all that is wrong with it.</summary>
public sealed class DictionaryException(IReadOnlyList<DictionaryFault> faults) : Exception(Text(faults))
{
    public IReadOnlyList<DictionaryFault> Faults { get; } = faults;

    /// <summary>A line for each kind of fault with the cells that have it, as REDCap answers (PyCap issue 190).</summary>
    private static string Text(IReadOnlyList<DictionaryFault> faults) =>
        string.Join('\n', faults.GroupBy(f => f.Message).Select(g => $"{g.Key} {string.Join(", ", g.Select(f => f.Value.Length == 0 ? f.Cell : $"{f.Value} ({f.Cell})"))}"));
}

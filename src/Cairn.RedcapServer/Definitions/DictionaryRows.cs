using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Definitions;

/// <summary>One dictionary row that cannot be, named by its cell as a spreadsheet names it (<c>A3</c>).</summary>
public sealed record DictionaryFault(string Cell, string Message);

/// <summary>Rows of a data dictionary that cannot be taken; <see cref="Faults"/> has all of them.</summary>
public sealed class DictionaryException(IReadOnlyList<DictionaryFault> faults)
    : Exception(string.Join('\n', faults.Select(f => $"{f.Cell}: {f.Message}")))
{
    public IReadOnlyList<DictionaryFault> Faults { get; } = faults;
}

using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Contents;

/// <summary>One item of the data of an import.</summary>
internal sealed class DataItem(TextTable table, string?[] row, int number)
{
    /// <summary>Its place, from 1.</summary>
    public int Number { get; } = number;

    /// <summary>The value without blanks around it; blank when the item has none.</summary>
    public string this[string attribute] => table.Value(row, attribute)?.Trim() ?? "";

    /// <summary>Whether the item has the attribute at all, be it blank.</summary>
    public bool Has(string attribute) => table.Value(row, attribute) is not null;

    public override string ToString() => $"Item {Number}";

    /// <summary>The items of a request's <c>data</c>.</summary>
    public static IReadOnlyList<DataItem> Of(ApiContext context)
    {
        TextTable table = context.Data();
        return [.. table.Rows.Select((row, i) => new DataItem(table, row, i + 1))];
    }

    /// <summary>The only item of a request's <c>data</c>.</summary>
    public static DataItem One(ApiContext context)
    {
        TextTable table = context.Data(OneItem.Read);
        return new DataItem(table, table.Rows[0], 1);
    }
}

/// <summary>What is wrong with the data of an import: all of it is told at once, and nothing is changed.</summary>
internal sealed class Faults
{
    private readonly List<string> _all = [];

    public void Add(string message) => _all.Add(message);

    /// <summary>Adds a fault for each value that two items have.</summary>
    public void AddRepeated(IEnumerable<DataItem> items, string attribute)
    {
        foreach (IGrouping<string, DataItem> twice in items.Where(i => i[attribute].Length > 0).GroupBy(i => i[attribute], StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            Add($"The {attribute} \"{twice.Key}\" occurs more than once in the data");
        }
    }

    /// <summary>Throws <see cref="ApiRefusal"/> when there are any.</summary>
    public void Refuse()
    {
        if (_all.Count > 0)
        {
            throw new ApiRefusal(string.Join('\n', _all));
        }
    }
}

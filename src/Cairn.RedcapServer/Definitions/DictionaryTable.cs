using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Definitions;

/// <summary>The columns of a data dictionary in their order.</summary>
internal enum DictionaryColumn
{
    Name,
    Form,
    SectionHeader,
    Type,
    Label,
    Choices,
    Note,
    Validation,
    Minimum,
    Maximum,
    Identifier,
    BranchingLogic,
    Required,
    Alignment,
    QuestionNumber,
    MatrixGroup,
    MatrixRanking,
    Annotation,
}

/// <summary>A data dictionary as it came in: a table under the headers of the web page or of the API, and the faults found in it so far.</summary>
internal sealed class DictionaryTable
{
    private readonly TextTable _table;
    private readonly int[] _places = new int[DataDictionary.ApiHeaders.Count];

    public DictionaryTable(TextTable table)
    {
        _table = table;
        Array.Fill(_places, -1);
        for (int i = 0; i < table.Columns.Count; i++)
        {
            int column = Column(table.Columns[i].Trim());
            if (column < 0)
            {
                Faults.Add(new(Letters(i) + "1", "The following columns are not columns of a data dictionary:", table.Columns[i]));
            }
            else if (_places[column] >= 0)
            {
                Faults.Add(new(Letters(i) + "1", "The following columns of the data dictionary appear more than once:", table.Columns[i]));
            }
            else
            {
                _places[column] = i;
            }
        }

        foreach (DictionaryColumn needed in (ReadOnlySpan<DictionaryColumn>)[DictionaryColumn.Name, DictionaryColumn.Form, DictionaryColumn.Type, DictionaryColumn.Label])
        {
            if (_places[(int)needed] < 0)
            {
                Faults.Add(new(Letters((int)needed) + "1", "The following columns are missing from the data dictionary:", DataDictionary.ApiHeaders[(int)needed]));
            }
        }
    }

    public List<DictionaryFault> Faults { get; } = [];

    public int Count => _table.Rows.Count;

    /// <summary>As written; blank where there is nothing.</summary>
    public string this[int row, DictionaryColumn column] => _places[(int)column] is var place and >= 0 ? _table.Rows[row][place] ?? "" : "";

    /// <summary>Notes a fault; the header is a spreadsheet's first row.</summary>
    public void Fault(int row, DictionaryColumn column, string message, string value = "")
    {
        int place = _places[(int)column];
        Faults.Add(new($"{Letters(place < 0 ? (int)column : place)}{row + 2}", message, value));
    }

    private static int Column(string header)
    {
        for (int i = 0; i < DataDictionary.ApiHeaders.Count; i++)
        {
            if (DataDictionary.ApiHeaders[i].Equals(header, StringComparison.OrdinalIgnoreCase) || DataDictionary.WebHeaders[i].Equals(header, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A column's name in a spreadsheet: A to Z, AA and so on.</summary>
    private static string Letters(int column) => (column < 26 ? "" : Letters((column / 26) - 1)) + (char)('A' + (column % 26));
}

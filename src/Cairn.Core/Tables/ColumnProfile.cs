namespace Cairn.Core.Tables;

/// <summary>What the values of a column look like. Told, never acted on: a value stays text until a flow declares a type.</summary>
public enum SeenType
{
    /// <summary>Digits, perhaps with a minus; no leading zero.</summary>
    Integer,

    /// <summary>Digits that begin with 0 and are longer than one: a code or a barcode, which a number would change.</summary>
    LeadingZeros,

    /// <summary>Digits with a decimal point.</summary>
    Decimal,

    /// <summary>true or false, in any case.</summary>
    Boolean,

    /// <summary>YYYY-MM-DD.</summary>
    Date,

    /// <summary>YYYY-MM-DD, T or a space, and a time.</summary>
    Timestamp,
    Text,
}

/// <summary>A value and how many rows have it.</summary>
public sealed record ValueCount(string Value, long Rows);

/// <summary>
/// What one column holds: blanks, types seen, distinct values, the commonest of them, lengths. Distinct values are exact up to a limit of values
/// and of memory; past it <see cref="DistinctIsExact"/> is false and the numbers are of the values met until then.
/// </summary>
public sealed class ColumnProfile(string name, int mostDistinct = ColumnProfile.MostDistinct, long mostBytes = ColumnProfile.MostBytes)
{
    public const int MostDistinct = 100_000;
    private const long MostBytes = 32L * 1024 * 1024;
    private readonly Dictionary<byte[], long> _counts = new(Utf8Comparer.Instance);
    private readonly long[] _types = new long[Enum.GetValues<SeenType>().Length];
    private Dictionary<byte[], long>.AlternateLookup<ReadOnlySpan<byte>>? _lookup;
    private long _bytes;

    public string Name { get; } = name;
    public long Rows { get; private set; }

    /// <summary>Rows whose cell is empty.</summary>
    public long Blanks { get; private set; }

    /// <summary>In characters (Unicode code points), of the cells that are not blank; 0 when all are.</summary>
    public long Shortest { get; private set; }
    public long Longest { get; private set; }

    /// <summary>Distinct values that are not blank, or the limit they went past.</summary>
    public long Distinct => _counts.Count;
    public bool DistinctIsExact { get; private set; } = true;

    public long Of(SeenType type) => _types[(int)type];

    /// <summary>The types seen, commonest first.</summary>
    public IReadOnlyList<SeenType> Types => [.. Enum.GetValues<SeenType>().Where(t => Of(t) > 0).OrderByDescending(Of)];

    /// <summary>The commonest values; of equally common ones the first met. Empty when every value differs.</summary>
    public IReadOnlyList<ValueCount> Top(int count) =>
        Distinct == Rows - Blanks && DistinctIsExact
            ? []
            : [.. _counts.OrderByDescending(c => c.Value).Take(count).Select(c => new ValueCount(System.Text.Encoding.UTF8.GetString(c.Key), c.Value))];

    /// <param name="cell">UTF-8; empty when blank.</param>
    public void Add(ReadOnlySpan<byte> cell)
    {
        Rows++;
        if (cell.IsEmpty)
        {
            Blanks++;
            return;
        }

        long length = Characters(cell);
        Shortest = Rows - Blanks == 1 ? length : Math.Min(Shortest, length);
        Longest = Math.Max(Longest, length);
        _types[(int)TypeOf(cell)]++;
        Count(cell);
    }

    private void Count(ReadOnlySpan<byte> cell)
    {
        Dictionary<byte[], long>.AlternateLookup<ReadOnlySpan<byte>> lookup = _lookup ??= _counts.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (lookup.TryGetValue(cell, out long seen))
        {
            lookup[cell] = seen + 1;
        }
        else if (DistinctIsExact)
        {
            _bytes += cell.Length;
            if (_counts.Count == mostDistinct || _bytes > mostBytes)
            {
                DistinctIsExact = false;
                return;
            }

            lookup[cell] = 1;
        }
    }

    private static long Characters(ReadOnlySpan<byte> cell)
    {
        long characters = 0;
        foreach (byte b in cell)
        {
            characters += (b & 0xC0) == 0x80 ? 0 : 1;
        }

        return characters;
    }

    public static SeenType TypeOf(ReadOnlySpan<byte> cell)
    {
        ReadOnlySpan<byte> digits = cell[0] == '-' && cell.Length > 1 ? cell[1..] : cell;
        int plain = Digits(digits);
        if (plain == digits.Length)
        {
            return plain > 1 && digits[0] == '0' ? SeenType.LeadingZeros : SeenType.Integer;
        }

        if (plain > 0 && digits[plain] == '.' && plain + 1 < digits.Length && Digits(digits[(plain + 1)..]) == digits.Length - plain - 1)
        {
            return plain > 1 && digits[0] == '0' ? SeenType.LeadingZeros : SeenType.Decimal;
        }

        if (IsDate(cell))
        {
            return cell.Length == 10 ? SeenType.Date : IsTime(cell[10..]) ? SeenType.Timestamp : SeenType.Text;
        }

        return System.Text.Ascii.EqualsIgnoreCase(cell, "true"u8) || System.Text.Ascii.EqualsIgnoreCase(cell, "false"u8) ? SeenType.Boolean : SeenType.Text;
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }

    private static bool IsDate(ReadOnlySpan<byte> text) =>
        text.Length >= 10 && Digits(text) == 4 && text[4] == '-' && text[7] == '-' && Digits(text[5..]) == 2 && Digits(text[8..]) is 2
            && Number(text[5..7]) is >= 1 and <= 12 && Number(text[8..10]) is >= 1 and <= 31;

    private static bool IsTime(ReadOnlySpan<byte> text) =>
        text.Length >= 6 && text[0] is (byte)'T' or (byte)' ' && Digits(text[1..]) == 2 && text[3] == ':' && Digits(text[4..]) >= 2;

    private static int Number(ReadOnlySpan<byte> twoDigits) => ((twoDigits[0] - '0') * 10) + twoDigits[1] - '0';
}

using System.Text;

namespace Cairn.RedcapServer.Records;

/// <summary>
/// The values of one row by cell number (<see cref="Definitions.Field.Cell"/>), none of them blank. A checkbox field's value is the codes that are checked,
/// each followed by a line end. Stored as: for each cell, in order, its number and the length of its UTF-8 text (both as 7-bit groups), and the text.
/// </summary>
public sealed class Cells
{
    private readonly List<(int Cell, string Text)> _held;

    public Cells()
        : this(8)
    {
    }

    private Cells(int room) => _held = new(room);

    public int Count => _held.Count;

    public IReadOnlyList<(int Cell, string Text)> All => _held;

    /// <summary>The value; blank when there is none. Setting blank takes the value away.</summary>
    public string this[int cell]
    {
        get
        {
            int at = Find(cell);
            return at >= 0 ? _held[at].Text : "";
        }

        set
        {
            int at = Find(cell);
            if (value.Length == 0)
            {
                if (at >= 0)
                {
                    _held.RemoveAt(at);
                }
            }
            else if (at >= 0)
            {
                _held[at] = (cell, value);
            }
            else
            {
                _held.Insert(~at, (cell, value));
            }
        }
    }

    public bool Holds(int cell) => Find(cell) >= 0;

    /// <summary>Whether a checkbox field's code is checked.</summary>
    public bool IsChecked(int cell, string code) => IsChecked(this[cell], code);

    /// <summary>Whether a code is among those of a checkbox field's value.</summary>
    public static bool IsChecked(string value, string code)
    {
        for (int from = 0; from < value.Length;)
        {
            int end = value.IndexOf('\n', from);
            if (end - from == code.Length && value.AsSpan(from, code.Length).SequenceEqual(code))
            {
                return true;
            }

            from = end + 1;
        }

        return false;
    }

    /// <summary>Checks or unchecks one code of a checkbox field. Codes stand in the order in which they were checked.</summary>
    public void Check(int cell, string code, bool on)
    {
        string value = this[cell];
        if (on != IsChecked(value, code))
        {
            this[cell] = on ? value + code + "\n" : string.Concat(value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(c => c != code).Select(c => c + "\n"));
        }
    }

    public static Cells Read(ReadOnlySpan<byte> stored)
    {
        var cells = new Cells((stored.Length / 12) + 1);
        while (!stored.IsEmpty)
        {
            int cell = Number(ref stored);
            int length = Number(ref stored);
            cells._held.Add((cell, Encoding.UTF8.GetString(stored[..length])));
            stored = stored[length..];
        }

        return cells;
    }

    public byte[] Write()
    {
        using var to = new MemoryStream();
        foreach ((int cell, string text) in _held)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            Number(to, cell);
            Number(to, bytes.Length);
            to.Write(bytes);
        }

        return to.ToArray();
    }

    private int Find(int cell)
    {
        int low = 0, high = _held.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int there = _held[middle].Cell;
            if (there == cell)
            {
                return middle;
            }

            (low, high) = there < cell ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    private static int Number(ref ReadOnlySpan<byte> from)
    {
        int value = 0, shift = 0;
        while (true)
        {
            byte b = from[0];
            from = from[1..];
            value |= (b & 0x7F) << shift;
            if (b < 0x80)
            {
                return value;
            }

            shift += 7;
        }
    }

    private static void Number(Stream to, int value)
    {
        while (value >= 0x80)
        {
            to.WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        to.WriteByte((byte)value);
    }
}

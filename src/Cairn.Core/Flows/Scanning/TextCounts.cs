using System.Buffers.Binary;
using System.Text;

namespace Cairn.Core.Flows.Scanning;

/// <summary>Gives each different text a number from 0 on, in the order they came, up to a limit. Texts are compared byte by byte.</summary>
public sealed class TextNumbers(int limit)
{
    private byte[][] _texts = new byte[16][];
    private int[] _places = new int[64];
    private int _count;
    private int _last = -1;

    public int Count => _count;

    /// <summary>The text's number, or -1 when it is new and the limit is reached.</summary>
    public int Of(ReadOnlySpan<byte> text)
    {
        if (_last >= 0 && text.SequenceEqual(_texts[_last]))
        {
            return _last;
        }

        int mask = _places.Length - 1;
        int place = (int)Mix(text) & mask;
        while (_places[place] != 0)
        {
            int number = _places[place] - 1;
            if (text.SequenceEqual(_texts[number]))
            {
                return _last = number;
            }

            place = (place + 1) & mask;
        }

        if (_count == limit)
        {
            return -1;
        }

        if (_count == _texts.Length)
        {
            Array.Resize(ref _texts, _count * 2);
        }

        _texts[_count] = text.ToArray();
        _places[place] = ++_count;
        if (_count * 2 > _places.Length)
        {
            Grow();
        }

        return _last = _count - 1;
    }

    public string Text(int number) => Encoding.UTF8.GetString(_texts[number]);

    private void Grow()
    {
        _places = new int[_places.Length * 4];
        int mask = _places.Length - 1;
        for (int number = 0; number < _count; number++)
        {
            int place = (int)Mix(_texts[number]) & mask;
            while (_places[place] != 0)
            {
                place = (place + 1) & mask;
            }

            _places[place] = number + 1;
        }
    }

    /// <summary>Length and the eight bytes at the start, the middle and the end: enough to spread names and codes; equality decides.</summary>
    private static uint Mix(ReadOnlySpan<byte> text)
    {
        ulong first = 0;
        ulong last = 0;
        if (text.Length >= 8)
        {
            first = BinaryPrimitives.ReadUInt64LittleEndian(text);
            last = BinaryPrimitives.ReadUInt64LittleEndian(text[^8..]) + (BinaryPrimitives.ReadUInt64LittleEndian(text[((text.Length - 8) / 2)..]) * 31);
        }
        else
        {
            foreach (byte b in text)
            {
                first = (first << 8) | b;
            }
        }

        ulong mixed = (first * 0x9E3779B97F4A7C15UL) ^ ((last + (ulong)text.Length) * 0xC2B2AE3D27D4EB4FUL);
        mixed ^= mixed >> 29;
        mixed *= 0xBF58476D1CE4E5B9UL;
        return (uint)(mixed >> 32);
    }
}

/// <summary>Counts by text.</summary>
public sealed class TextCounts(int limit)
{
    private readonly TextNumbers _numbers = new(limit);
    private long[] _counts = new long[16];

    /// <summary>Rows whose text came when the limit was reached.</summary>
    public long Overflow { get; private set; }

    public void Add(ReadOnlySpan<byte> text)
    {
        int number = _numbers.Of(text);
        if (number < 0)
        {
            Overflow++;
            return;
        }

        if (number >= _counts.Length)
        {
            Array.Resize(ref _counts, _counts.Length * 2);
        }

        _counts[number]++;
    }

    /// <summary>Most frequent first, then by text; a blank is called "null".</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Sorted() =>
        [.. Enumerable.Range(0, _numbers.Count)
            .Select(n => new KeyValuePair<string, long>(_numbers.Text(n) is { Length: > 0 } text ? text : "null", _counts[n]))
            .OrderByDescending(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal)];
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cairn.Adapters.DelimitedText;

/// <summary>A row that does not have as many fields as the table, or none at all.</summary>
/// <param name="LineAt">Which line of the text scanned, from 0.</param>
/// <param name="Number">The row's number; 0 for a blank line.</param>
internal readonly record struct OddRow(int LineAt, int Start, int End, int Fields, long Number);

/// <summary>
/// Finds the fields and rows of unquoted text whose rows end with LF or CRLF, 64 bytes at a time: one comparison gives a mask of separators and line
/// ends, whose positions are written out in groups without asking how many there are.
/// </summary>
internal sealed unsafe class FieldEnds
{
    /// <summary>What was found; another one may be put here before each scan.</summary>
    public RowIndex Found = new();

    /// <summary>Rows set aside: too short, too long, blank. In order.</summary>
    public readonly List<OddRow> Odd = [];

    /// <summary>Lines met (rows, odd rows and blank lines).</summary>
    public int Lines;

    /// <summary>Where the text goes on that no line end closes.</summary>
    public int Rest;

    /// <summary>Scans text[start..end), which must be readable 64 bytes past its end.</summary>
    /// <param name="columns">Fields of a row of the table.</param>
    /// <param name="keepLonger">Rows of more fields are rows of the table too (and told in Odd as well).</param>
    /// <param name="number">The number of the next row; counted up for each row, odd ones as well, blank lines not.</param>
    public void Scan(byte[] text, int start, int end, byte separator, int columns, bool keepLonger, ref long number)
    {
        Found.Rows = 0;
        Lines = 0;
        Odd.Clear();
        int count = 0;
        int first = 0;
        int rowStart = start;
        fixed (byte* t = text)
        {
            for (int at = start; at < end;)
            {
                // Room is asked for once for every 16 KB: one field for each byte at most.
                int until = (int)Math.Min((long)at + (16 << 10), end);
                Found.ReserveFields(count + (until - at) + 80);
                Found.ReserveRows(Found.Rows + (until - at));
                ScanPart(t, at, until, separator, columns, keepLonger, ref count, ref first, ref rowStart, ref number);
                at = until;
            }
        }

        Rest = rowStart;
    }

    private void ScanPart(byte* t, int from, int until, byte separator, int columns, bool keepLonger, ref int fieldCount, ref int firstField, ref int rowStartAt, ref long number)
    {
        int count = fieldCount;
        int first = firstField;
        int rowStart = rowStartAt;
        fixed (int* ends = Found.Ends)
        {
            for (int at = from; at < until; at += 64)
            {
                Masks(t + at, separator, out ulong all, out ulong lines);
                if (until - at < 64)
                {
                    ulong inside = (1ul << (until - at)) - 1;
                    all &= inside;
                    lines &= inside;
                }

                int found = BitOperations.PopCount(all);
                WriteEnds(ends + count, all, found, at);
                while (lines != 0)
                {
                    int bit = BitOperations.TrailingZeroCount(lines);
                    int field = count + BitOperations.PopCount(all & ((1ul << bit) - 1));
                    lines &= lines - 1;
                    int end = at + bit;
                    if (end > rowStart && t[end - 1] == (byte)'\r')
                    {
                        end--;
                        ends[field] = end;
                    }

                    int fields = field - first + 1;
                    if (fields == columns)
                    {
                        Found.Add(first, rowStart, number++);
                    }
                    else
                    {
                        bool blank = end == rowStart;
                        Odd.Add(new OddRow(Lines, rowStart, end, fields, blank ? 0 : number));
                        if (keepLonger && fields > columns)
                        {
                            Found.Add(first, rowStart, number);
                        }

                        number += blank ? 0 : 1;
                    }

                    Lines++;
                    first = field + 1;
                    rowStart = at + bit + 1;
                }

                count += found;
            }
        }

        fieldCount = count;
        firstField = first;
        rowStartAt = rowStart;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteEnds(int* ends, ulong mask, int found, int at)
    {
        for (int written = 0; written < found; written += 8)
        {
            for (int i = 0; i < 8; i++)
            {
                ends[written + i] = at + BitOperations.TrailingZeroCount(mask);
                mask &= mask - 1;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Masks(byte* at, byte separator, out ulong all, out ulong lines)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<byte> bytes = Vector512.Load(at);
            lines = Vector512.Equals(bytes, Vector512.Create((byte)'\n')).ExtractMostSignificantBits();
            all = lines | Vector512.Equals(bytes, Vector512.Create(separator)).ExtractMostSignificantBits();
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            lines = all = 0;
            for (int i = 0; i < 2; i++)
            {
                Vector256<byte> bytes = Vector256.Load(at + (32 * i));
                ulong line = Vector256.Equals(bytes, Vector256.Create((byte)'\n')).ExtractMostSignificantBits();
                ulong field = Vector256.Equals(bytes, Vector256.Create(separator)).ExtractMostSignificantBits();
                lines |= line << (32 * i);
                all |= (line | field) << (32 * i);
            }
        }
        else
        {
            lines = all = 0;
            for (int i = 0; i < 4; i++)
            {
                Vector128<byte> bytes = Vector128.Load(at + (16 * i));
                ulong line = Vector128.Equals(bytes, Vector128.Create((byte)'\n')).ExtractMostSignificantBits();
                ulong field = Vector128.Equals(bytes, Vector128.Create(separator)).ExtractMostSignificantBits();
                lines |= line << (16 * i);
                all |= (line | field) << (16 * i);
            }
        }
    }
}

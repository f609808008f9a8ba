using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Cairn.Core;
using Microsoft.Win32.SafeHandles;

namespace Cairn.Adapters.Archives;

/// <summary>An entry of a zip's central directory.</summary>
/// <param name="Name">As stored, not yet checked.</param>
/// <param name="HeaderAt">Where its local header begins in the file.</param>
internal sealed record ZipEntry(string Name, int Method, bool Encrypted, uint Crc, long Stored, long Size, long HeaderAt, string Modified)
{
    /// <summary>Bytes of the name as stored.</summary>
    public int NameLength { get; init; }
}

/// <summary>
/// Reads a zip's central directory (PKWARE APPNOTE 6.3, sections 4.3.12 to 4.3.16, with zip64) and refuses what no sound writer makes: entries
/// that lie over one another, that reach outside the file, a directory that does not fit its own count. The framework's reader looks for none of it.
/// </summary>
internal static class ZipDirectory
{
    private const int EndSize = 22;
    private const int LongestComment = ushort.MaxValue;
    private const int LocalHeaderSize = 30;

    // Invalid UTF-8 throws: names without the UTF-8 mark are UTF-8 all the same in most archives, and otherwise the old PC set.
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static List<ZipEntry> Read(SafeFileHandle file, string archive, out bool trailing)
    {
        long length = RandomAccess.GetLength(file);
        (long endAt, byte[] end) = FindEnd(file, length, archive);
        trailing = endAt + EndSize + BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(20)) < length;
        long count = BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(10));
        long size = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(12));
        long at = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(16));
        int disk = BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(4));
        long directoryEnd = endAt;
        if (count == ushort.MaxValue || size == uint.MaxValue || at == uint.MaxValue || disk == ushort.MaxValue)
        {
            ReadZip64End(file, archive, ref directoryEnd, ref count, ref size, ref at, ref disk);
        }

        if (disk != 0)
        {
            throw Problem("archive/split", archive, "is one part of a split zip", "join the parts: zip -s 0 IT.zip --out whole.zip");
        }

        // What stands before the first entry (a program that unpacks itself) shifts every offset.
        long shift = directoryEnd - size - at;
        if (size < 0 || at < 0 || shift < 0 || size > int.MaxValue || count > size / 46)
        {
            throw CutOff(archive, "its directory does not fit into the file");
        }

        var directory = new byte[size];
        ReadExactly(file, directory, at + shift, archive);
        var entries = new List<ZipEntry>((int)count);
        ReadOnlySpan<byte> rest = directory;
        for (long i = 0; i < count; i++)
        {
            entries.Add(Entry(ref rest, archive, shift));
        }

        RefuseOverlaps(entries, at + shift, archive);
        return entries;
    }

    /// <summary>Where an entry's content begins: behind its local header, whose name must be that of the directory.</summary>
    public static long ContentAt(SafeFileHandle file, ZipEntry entry, string archive)
    {
        Span<byte> header = stackalloc byte[LocalHeaderSize];
        ReadExactly(file, header, entry.HeaderAt, archive);
        if (!header.StartsWith("PK\x03\x04"u8))
        {
            throw CutOff(archive, $"at byte {entry.HeaderAt} no member begins, where the directory has {MemberName.Shown(entry.Name)}");
        }

        var name = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header[26..])];
        ReadExactly(file, name, entry.HeaderAt + LocalHeaderSize, archive);
        string local = Decode(name);
        return local == entry.Name
            ? entry.HeaderAt + LocalHeaderSize + name.Length + BinaryPrimitives.ReadUInt16LittleEndian(header[28..])
            : throw Problem("archive/names-differ", archive, $"calls one member {MemberName.Shown(entry.Name)} in its directory and {MemberName.Shown(local)} in its place", "do not trust it; ask its maker for another");
    }

    // The end record stands last, before a comment of up to 64 KB that may itself look like one: the last that fits is taken.
    private static (long At, byte[] Record) FindEnd(SafeFileHandle file, long length, string archive)
    {
        int tail = (int)Math.Min(length, EndSize + LongestComment);
        var bytes = new byte[tail];
        ReadExactly(file, bytes, length - tail, archive);
        int fallback = -1;
        for (int at = tail - EndSize; at >= 0; at--)
        {
            if (!bytes.AsSpan(at).StartsWith("PK\x05\x06"u8))
            {
                continue;
            }

            int after = tail - at - EndSize - BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at + 20));
            if (after == 0)
            {
                return (length - tail + at, bytes[at..]);
            }

            fallback = fallback < 0 && after > 0 ? at : fallback;
        }

        return fallback >= 0 ? (length - tail + fallback, bytes[fallback..]) : throw CutOff(archive, "its directory, which stands at the end of a zip, is missing");
    }

    private static void ReadZip64End(SafeFileHandle file, string archive, ref long directoryEnd, ref long count, ref long size, ref long at, ref int disk)
    {
        Span<byte> locator = stackalloc byte[20];
        if (directoryEnd < locator.Length)
        {
            return;
        }

        ReadExactly(file, locator, directoryEnd - locator.Length, archive);
        if (!locator.StartsWith("PK\x06\x07"u8))
        {
            // A count of 65,535 need not mean zip64.
            return;
        }

        // The record stands directly before its locator, even when a stub in front has shifted the offset it gives.
        long recordAt = BinaryPrimitives.ReadInt64LittleEndian(locator[8..]);
        Span<byte> record = stackalloc byte[56];
        foreach (long candidate in (ReadOnlySpan<long>)[recordAt, directoryEnd - locator.Length - record.Length])
        {
            if (candidate < 0 || candidate > directoryEnd - locator.Length - record.Length)
            {
                continue;
            }

            ReadExactly(file, record, candidate, archive);
            if (record.StartsWith("PK\x06\x06"u8))
            {
                disk = BinaryPrimitives.ReadInt32LittleEndian(record[16..]);
                count = BinaryPrimitives.ReadInt64LittleEndian(record[32..]);
                size = BinaryPrimitives.ReadInt64LittleEndian(record[40..]);
                at = BinaryPrimitives.ReadInt64LittleEndian(record[48..]);
                directoryEnd = candidate;
                return;
            }
        }

        throw CutOff(archive, "its zip64 directory is missing");
    }

    private static ZipEntry Entry(ref ReadOnlySpan<byte> rest, string archive, long shift)
    {
        if (rest.Length < 46 || !rest.StartsWith("PK\x01\x02"u8))
        {
            throw CutOff(archive, "its directory ends before its last entry");
        }

        int flags = BinaryPrimitives.ReadUInt16LittleEndian(rest[8..]);
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(rest[28..]);
        int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(rest[30..]);
        int whole = 46 + nameLength + extraLength + BinaryPrimitives.ReadUInt16LittleEndian(rest[32..]);
        if (rest.Length < whole)
        {
            throw CutOff(archive, "its directory ends inside an entry");
        }

        string name = Decode(rest.Slice(46, nameLength));
        long size = BinaryPrimitives.ReadUInt32LittleEndian(rest[24..]);
        long stored = BinaryPrimitives.ReadUInt32LittleEndian(rest[20..]);
        long at = BinaryPrimitives.ReadUInt32LittleEndian(rest[42..]);
        string modified = DosTime(BinaryPrimitives.ReadUInt16LittleEndian(rest[14..]), BinaryPrimitives.ReadUInt16LittleEndian(rest[12..]));
        ReadOnlySpan<byte> extra = rest.Slice(46 + nameLength, extraLength);
        while (extra.Length >= 4)
        {
            int tag = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            int length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]), extra.Length - 4);
            ReadOnlySpan<byte> field = extra.Slice(4, length);
            extra = extra[(4 + length)..];
            if (tag == 1)
            {
                Wide(ref field, ref size, archive);
                Wide(ref field, ref stored, archive);
                Wide(ref field, ref at, archive);
            }
            else if (tag == 0x5455 && field.Length >= 5 && (field[0] & 1) != 0)
            {
                // Info-ZIP's time stamp: the seconds since 1970 in universal time, which the zip's own lacks.
                modified = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt32LittleEndian(field[1..])).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            }
        }

        bool encrypted = (flags & (1 | 0x40 | 0x2000)) != 0;
        var entry = new ZipEntry(name, BinaryPrimitives.ReadUInt16LittleEndian(rest[10..]), encrypted, BinaryPrimitives.ReadUInt32LittleEndian(rest[16..]), stored, size, at + shift, modified) { NameLength = nameLength };
        rest = rest[whole..];
        return entry;
    }

    // A number of 32 bits that does not fit is all ones, and stands in the zip64 field in its turn (4.5.3).
    private static void Wide(ref ReadOnlySpan<byte> field, ref long value, string archive)
    {
        if (value != uint.MaxValue)
        {
            return;
        }

        value = field.Length >= 8 ? BinaryPrimitives.ReadInt64LittleEndian(field) : throw CutOff(archive, "a size in its directory is missing");
        field = field[8..];
    }

    private static void RefuseOverlaps(List<ZipEntry> entries, long directoryAt, string archive)
    {
        long freeFrom = 0;
        foreach (ZipEntry entry in entries.OrderBy(e => e.HeaderAt))
        {
            long content = entry.HeaderAt + LocalHeaderSize + entry.NameLength;
            if (entry.HeaderAt < 0 || entry.Stored < 0 || entry.Size < 0 || content > directoryAt || entry.Stored > directoryAt - content)
            {
                throw CutOff(archive, $"the member {MemberName.Shown(entry.Name)} reaches past its end");
            }

            if (entry.HeaderAt < freeFrom)
            {
                throw Problem("archive/overlapping", archive, $"has members that lie over one another, as files do that are made to fill a disk: {MemberName.Shown(entry.Name)} is one", "do not trust it; ask its maker for another");
            }

            freeFrom = content + entry.Stored;
        }
    }

    private static string Decode(ReadOnlySpan<byte> name)
    {
        try
        {
            return Strict.GetString(name);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(437)!.GetString(name);
        }
    }

    private static string DosTime(int date, int time)
    {
        (int year, int month, int day) = (1980 + (date >> 9), (date >> 5) & 15, date & 31);
        (int hour, int minute, int second) = (time >> 11, (time >> 5) & 63, (time & 31) * 2);
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && hour < 24 && minute < 60 && second < 60
            ? new DateTime(year, month, day, hour, minute, second).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
            : "";
    }

    private static void ReadExactly(SafeFileHandle file, Span<byte> buffer, long at, string archive)
    {
        while (!buffer.IsEmpty)
        {
            int read = RandomAccess.Read(file, buffer, at);
            if (read == 0)
            {
                throw CutOff(archive, $"it ends at byte {at}");
            }

            buffer = buffer[read..];
            at += read;
        }
    }

    private static ProblemException CutOff(string archive, string what) =>
        Problem("archive/truncated", archive, $"is cut off or damaged: {what}", "fetch or copy the archive again");

    private static ProblemException Problem(string code, string archive, string what, string help) =>
        new(new Problem(code, ProblemKind.Refused, $"{archive} {what}; it was not read", new FilePlace(archive), help));
}

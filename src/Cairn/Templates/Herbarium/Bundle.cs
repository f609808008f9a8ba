using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Cairn.Templates.Herbarium;

/// <summary>A bundle of sheet images: a folder entry, a note, and a stand-in for each image (a JPEG of a comment alone, which no one will look at).</summary>
internal static class Bundle
{
    public static void Write(Stream stream, string folder, IEnumerable<Sheet> sheets)
    {
        using GZipStream gzip = new(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        using TarWriter tar = new(gzip, TarEntryFormat.Ustar, leaveOpen: true);
        Add(tar, TarEntryType.Directory, $"{folder}/", null);
        Add(tar, TarEntryType.RegularFile, $"{folder}/README.txt", "image tiles, one for each sheet\n"u8.ToArray());
        foreach (Sheet sheet in sheets)
        {
            Add(tar, TarEntryType.RegularFile, $"{folder}/{sheet.Name}.jpg", StandIn(sheet.Name));
        }
    }

    private static void Add(TarWriter tar, TarEntryType type, string name, byte[]? content)
    {
        UstarTarEntry entry = new(type, name) { ModificationTime = new DateTimeOffset(2021, 6, 4, 0, 0, 0, TimeSpan.Zero) };
        if (content is not null)
        {
            entry.DataStream = new MemoryStream(content);
        }

        tar.WriteEntry(entry);
    }

    /// <summary>Start of image, a comment segment with the name (its length counts its own two bytes), end of image (ITU-T T.81, B.1.1 and B.2.4.5).</summary>
    private static byte[] StandIn(string name)
    {
        byte[] text = Encoding.ASCII.GetBytes(name);
        return [0xFF, 0xD8, 0xFF, 0xFE, 0, (byte)(text.Length + 2), .. text, 0xFF, 0xD9];
    }
}

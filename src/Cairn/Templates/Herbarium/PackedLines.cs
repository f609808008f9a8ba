using System.IO.Compression;
using System.Text;

namespace Cairn.Templates.Herbarium;

/// <summary>Rows as the museum releases them: tabs between the cells, no quoting at all, gzip.</summary>
internal static class PackedLines
{
    public static void Write(Stream stream, IEnumerable<IReadOnlyList<string?>> rows)
    {
        using GZipStream gzip = new(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        using StreamWriter writer = new(gzip, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        foreach (IReadOnlyList<string?> row in rows)
        {
            writer.WriteLine(string.Join('\t', row));
        }
    }
}

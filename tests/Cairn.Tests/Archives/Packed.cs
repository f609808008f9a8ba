using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Cairn.Adapters.Archives;
using Cairn.Core;

namespace Cairn.Tests.Archives;

/// <summary>Makes archives for tests in a folder of its own.</summary>
internal sealed class Packed : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("cairn-archives-").FullName;

    public string At(string name) => Path.Combine(Folder, name);

    public string Put(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllBytes(At(name), bytes);
        return At(name);
    }

    public string Put(string name, string text) => Put(name, Encoding.UTF8.GetBytes(text));

    public static byte[] Zip(params IEnumerable<(string Name, string Text)> files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string text) in files)
            {
                ZipArchiveEntry entry = zip.CreateEntry(name);
                entry.LastWriteTime = new DateTimeOffset(2020, 5, 4, 3, 2, 0, TimeSpan.Zero);
                using Stream content = entry.Open();
                content.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    public static byte[] Tar(TarEntryFormat format, params IEnumerable<(string Name, string Text)> files)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, format, leaveOpen: true))
        {
            foreach ((string name, string text) in files)
            {
                TarEntryType type = name.EndsWith('/') ? TarEntryType.Directory : format == TarEntryFormat.V7 ? TarEntryType.V7RegularFile : TarEntryType.RegularFile;
                TarEntry entry = format switch
                {
                    TarEntryFormat.V7 => new V7TarEntry(type, name),
                    TarEntryFormat.Ustar => new UstarTarEntry(type, name),
                    TarEntryFormat.Gnu => new GnuTarEntry(type, name),
                    _ => new PaxTarEntry(type, name),
                };
                entry.ModificationTime = new DateTimeOffset(2020, 5, 4, 3, 2, 1, TimeSpan.Zero);
                if (!name.EndsWith('/'))
                {
                    entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text));
                }

                tar.WriteEntry(entry);
            }
        }

        return bytes.ToArray();
    }

    public static byte[] Gz(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gz = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gz.Write(bytes);
        }

        return packed.ToArray();
    }

    /// <summary>Every member's name and content, read to the end and verified.</summary>
    public static List<(string Name, string Text)> ReadAll(string path, ArchiveLimits? limits = null)
    {
        using Container archive = Container.Open(path, Path.GetFileName(path), limits ?? new ArchiveLimits());
        var all = new List<(string, string)>();
        foreach (ArchiveMember member in archive.Members(CancellationToken.None))
        {
            using var reader = new StreamReader(archive.Read(member, CancellationToken.None));
            all.Add((member.Name, reader.ReadToEnd()));
        }

        archive.Finish(CancellationToken.None);
        return all;
    }

    public static Problem ProblemOf(Action work) => Assert.Single(Assert.Throws<ProblemException>(work).Problems);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

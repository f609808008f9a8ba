using System.Security.Cryptography;
using Cairn.Adapters.Files.Native;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Files;

/// <summary>What a destination that writes one file asks before it writes.</summary>
public static class OutputFile
{
    /// <summary>
    /// The file as it is now. Writes nothing. Throws <see cref="ProblemException"/> when it could not be written: it is an input of the run, a folder,
    /// or stands where this account may not write. Folders that are missing are no problem; <see cref="MakeFolder"/> makes them.
    /// </summary>
    /// <param name="inputs">Absolute paths.</param>
    public static DestinationState Look(string path, IReadOnlyList<string> inputs, FilePlace place, CancellationToken stop)
    {
        if (inputs.FirstOrDefault(input => RealPath.Same(input, path)) is { } input)
        {
            throw new ProblemException(new Problem("write/is-input", ProblemKind.Refused, $"{path} is read by this flow and cannot be written by it too; nothing was written", place,
                "give the output a name of its own")
            {
                Details = input == path ? [] : [$"by another name: {input}"],
            });
        }

        string real = RealPath.Of(path);
        string? folder = Path.GetDirectoryName(real);
        while (folder is not null && !Directory.Exists(folder))
        {
            if (File.Exists(folder))
            {
                throw new ProblemException(new Problem("write/no-folder", ProblemKind.Refused, $"{folder} is a file, not a folder, so {path} cannot be written in it", place, $"ls -l {folder}"));
            }

            folder = Path.GetDirectoryName(folder);
        }

        if (Directory.Exists(real) || (folder is not null && !FolderAccess.MayWrite(folder)))
        {
            throw new ProblemException(FileProblems.Writing(real, new UnauthorizedAccessException(), place));
        }

        return new DestinationState(real, Current(real, stop));
    }

    /// <summary>Makes the folders of a file that is about to be written.</summary>
    public static void MakeFolder(string path, Place place)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(RealPath.Of(path))!);
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            throw new ProblemException(FileProblems.Writing(path, e, place), e);
        }
    }

    private static DataVersion? Current(string path, CancellationToken stop)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.SequentialScan);
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] buffer = new byte[1 << 18];
            long bytes = 0;
            while (file.Read(buffer) is int read and > 0)
            {
                stop.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
                bytes += read;
            }

            return new DataVersion(path, Convert.ToHexStringLower(hash.GetHashAndReset()), bytes, new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            // Its folder lets it be replaced, though it cannot be read.
            return new DataVersion(path, "", new FileInfo(path).Length);
        }
    }
}

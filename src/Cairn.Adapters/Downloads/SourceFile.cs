using Cairn.Adapters.DelimitedText;
using Cairn.Adapters.Files;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;
using Cairn.Core.Settings;

namespace Cairn.Adapters.Downloads;

/// <summary>A file that a source reads: on disk, or fetched from an address to there.</summary>
/// <param name="Name">As the user knows it: the path, or the address.</param>
/// <param name="Path">Where its bytes are.</param>
/// <param name="Checked">
/// Makes of the version that was read the one to be recorded. Throws <see cref="ProblemException"/> when it is not the one that was expected.
/// </param>
internal sealed record SourceFile(string Name, string Path, Func<DataVersion, DataVersion> Checked)
{
    /// <summary>To be read as text, hashed on the way.</summary>
    public DelimitedFile AsText()
    {
        DelimitedFile file = DelimitedFile.At(Path, Name);
        return file with { Version = read => Checked(file.Version!(read)) };
    }
}

/// <summary>The settings with which a source names its files: one path (file, folder, pattern, address), or several.</summary>
internal sealed class SourceFiles
{
    public static readonly KeyShape[] Keys =
    [
        new("path", SettingShape.Text, "A file, a folder (all its files, of one extension, by name), a pattern such as data/*.csv, or an https address."),
        new("paths", SettingShape.ListOf(SettingShape.Text), "Several of these, read as one table in this order."),
        new("sha256", SettingShape.Text, "The checksum that the file must have, in hex."),
    ];

    private readonly SourceRequest request;
    private readonly IReadOnlyList<ScalarSetting> named;
    private readonly string? sha256;

    /// <summary>Throws <see cref="ProblemException"/> when no file is named, or some twice over. Touches nothing.</summary>
    public SourceFiles(SourceRequest request)
    {
        this.request = request;
        MapSetting settings = request.Settings;
        named = (settings["path"], settings["paths"]) switch
        {
            (ScalarSetting { IsNull: false } path, null) => [path],
            (null, ListSetting { Items.Count: > 0 } list) => [.. list.Items.OfType<ScalarSetting>()],
            (null, _) => throw settings.Wrong("paths", $"{request.Table} names no file", "write path: FILE"),
            (_, null) => throw settings.Wrong("path", $"{request.Table} names no file", "write path: FILE"),
            _ => throw settings.Wrong("paths", $"{request.Table} has both `path` and `paths`", "keep one of the two"),
        };
        sha256 = settings.TextOf("sha256");
        if (sha256 is not null && settings["paths"] is not null)
        {
            throw settings.Wrong("sha256", "a checksum is of one file, and `paths` names several", "give each file a table of its own, and put them together with union");
        }
    }

    /// <summary>The first path as written: its extension may say something.</summary>
    public string First => named[0].Text;

    /// <summary>Finds the files, and fetches those that are addresses. Throws <see cref="ProblemException"/> when one is not there.</summary>
    public (IReadOnlyList<SourceFile> Files, IReadOnlyList<Problem> Findings) Find(CancellationToken stop)
    {
        var files = new List<SourceFile>();
        var findings = new List<Problem>();
        foreach (ScalarSetting path in named)
        {
            if (Download.IsAddress(path.Text))
            {
                Downloaded fetched = Download.Fetch(path.Text, request.Cache, sha256, path.Place, stop);
                findings.AddRange(fetched.Findings);
                files.Add(new SourceFile(path.Text, fetched.Path, fetched.Version));
            }
            else
            {
                files.AddRange(InputFiles.Find(path.Text, request.Folder, path.Place).Select(file => new SourceFile(file, file, Checked)));
            }
        }

        return (files, findings);
    }

    private DataVersion Checked(DataVersion read) => sha256 is null || string.Equals(read.Sha256, sha256, StringComparison.OrdinalIgnoreCase) ? read
        : throw new ProblemException(new Problem("file/wrong-checksum", ProblemKind.Refused, $"{read.Path} is not the file the flow expects", request.Settings["sha256"]?.Place,
            "ask for the right release, or correct the checksum")
        {
            Details = [$"expected sha256 {sha256.ToLowerInvariant()}", $"read sha256 {read.Sha256}, {read.Bytes} bytes"],
        });
}

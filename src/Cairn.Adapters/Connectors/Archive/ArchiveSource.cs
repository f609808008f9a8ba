using System.Globalization;
using Cairn.Adapters.Archives;
using Cairn.Adapters.Files;
using Cairn.Adapters.Tables;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;
using Cairn.Core.Settings;
using Cairn.Core.Tables;

namespace Cairn.Adapters.Connectors.Archive;

/// <summary>The files of one archive or several as rows, in the order the archive has them; folders are no rows.</summary>
internal sealed class ArchiveSource : ISource
{
    private static readonly string[] Names = ["name", "file", "folder", "size", "modified"];

    private readonly SourceRequest _request;
    private readonly Setting _path;
    private readonly Glob _list;
    private readonly ArchiveLimits _limits;

    // With several archives a row must say which it is from.
    private readonly bool _several;
    private IReadOnlyList<ArchiveInput>? _inputs;

    public ArchiveSource(SourceRequest request)
    {
        _request = request;
        _path = request.Settings["path"] ?? throw new ProblemException(new Problem("flow/missing-key", ProblemKind.Usage, "an archive source needs a path", request.Place, "add path:"));
        _several = PathList.MayBeSeveral(_path);
        _list = new Glob((request.Settings["list"] as ScalarSetting)?.Text ?? "*");
        _limits = new ArchiveLimits(request.Settings["largest_ratio"] is ScalarSetting ratio ? double.Parse(ratio.Text, CultureInfo.InvariantCulture) : 1000);
    }

    public TableLayout Layout(CancellationToken stop)
    {
        foreach (ArchiveInput input in Inputs(stop))
        {
            using Container archive = Container.Open(input.Full, input.Name, _limits);
        }

        string[] names = _several ? [.. Names, "archive"] : Names;
        return new TableLayout([.. names.Select((name, i) => new SourceColumn(name, i))], names.Length);
    }

    public SourceReport Read(Action<RowBatch> rows, IReadWatch watch, CancellationToken stop)
    {
        var inputs = new List<DataVersion>();
        var findings = new List<Problem>();
        var builder = new RowBatchBuilder(_several ? Names.Length + 1 : Names.Length, rows);
        bool wholePath = _list.Pattern.Contains('/');
        long number = 0;
        long text = 0;
        foreach (ArchiveInput input in Inputs(stop))
        {
            using Container archive = Container.Open(input.Full, input.Name, _limits);
            archive.Watch = watch.Progress;
            IReadOnlyList<ArchiveMember> members = archive.Members(stop);
            long before = number;
            foreach (ArchiveMember member in members.Where(m => _list.Matches(wholePath ? m.Name : m.File)))
            {
                builder.Row(++number);
                builder.Cell(member.Name);
                builder.Cell(member.File);
                builder.Cell(member.Folder);
                builder.Cell(member.Size.ToString(CultureInfo.InvariantCulture));
                builder.Cell(member.Modified);
                if (_several)
                {
                    builder.Cell(Path.GetFileName(input.Name));
                }

                text += member.Name.Length;
            }

            inputs.AddRange(input.Checked(archive.Finish(stop)));
            findings.AddRange([.. input.Findings, .. archive.Findings]);
            if (number == before)
            {
                findings.Add(NothingListed(input.Name, members));
            }

            (long done, long? total) = archive.Progress;
            watch.Progress(done, total);
        }

        builder.Flush();
        return new SourceReport(number, 0, inputs) { TextBytes = text, Findings = findings };
    }

    public void Dispose()
    {
    }

    private IReadOnlyList<ArchiveInput> Inputs(CancellationToken stop) => _inputs ??= ArchiveInput.Find(_path, _request, stop);

    private Problem NothingListed(string name, IReadOnlyList<ArchiveMember> members)
    {
        string message = members.Count == 0 ? $"{name} holds no file" : $"none of the {members.Count:N0} files of {name} fits {_list.Pattern}";
        IEnumerable<string> endings = members.GroupBy(m => Path.GetExtension(m.File)).OrderByDescending(g => g.Count()).Take(3).Select(g => $"{g.Count():N0} end in {(g.Key.Length == 0 ? "nothing" : g.Key)}");
        return new Problem("archive/nothing-listed", ProblemKind.Finding, message, new FilePlace(name), members.Count == 0 ? null : "letter case counts in list") { Details = [.. endings] };
    }
}

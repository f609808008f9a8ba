using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;
using Cairn.Core.Tables;

namespace Cairn.Adapters.DelimitedText;

/// <summary>
/// Reads delimited text: the one reader of such text, whatever brought it. Both methods throw <see cref="ProblemException"/> when a file as a whole
/// cannot be read (empty, damaged gz, headers that differ), <see cref="OperationCanceledException"/> when asked to stop.
/// </summary>
public static class DelimitedReader
{
    /// <summary>
    /// The fields of the file's first row (its header, when the format has one), exactly as written; null when there is no row. Reads no further.
    /// </summary>
    public static IReadOnlyList<string>? FirstRow(DelimitedFile file, DelimitedFormat format, CancellationToken stop)
    {
        using FileText text = FileText.Open(file, format.Encoding, hashed: false, stop);
        var table = new TableRead("", format, 0, _ => { }, new Unwatched());
        return new FileScan(table, text, null, new FieldEnds(), null, stop).FirstRow();
    }

    /// <summary>
    /// Reads the files one after the other as one table, whose row numbers run on, and hands on every row that has as many fields as the table
    /// (or is made so, see <see cref="DelimitedFormat.Ragged"/>); the others are told to the watch, one by one. The rows are handed on by the calling thread.
    /// </summary>
    /// <param name="table">The table's name, for problems and refused rows.</param>
    /// <param name="columns">How many fields a row has.</param>
    /// <param name="header">When the format has a header: the fields it must have in every file, as written; null to accept any.</param>
    public static SourceReport Read(string table, IReadOnlyList<DelimitedFile> files, DelimitedFormat format, int columns, IReadOnlyList<string>? header,
        Action<RowBatch> rows, IReadWatch watch, CancellationToken stop)
    {
        var oneAtATime = new WatchOfFiles(watch, files);
        var read = new TableRead(table, format, columns, rows, oneAtATime);
        var fields = new FieldEnds();
        var inputs = new List<DataVersion>();
        var findings = new List<Problem>();
        foreach (DelimitedFile file in files)
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
            using FileText text = FileText.Open(file, format.Encoding, file.Version is not null, ending.Token);
            using (var blocks = new TextBlocks(text.Bytes, text.Stored, TableRead.Headroom(format), format.BlockBytes, ending))
            {
                using var handover = new RowHandover(ending);
                var scan = new FileScan(read, text, header, fields, handover, ending.Token);
                handover.Run(() => scan.Run(blocks, file.Length), read.Take);
                if (file.Version is not null)
                {
                    inputs.Add(file.Version(new StoredBytesRead(text.Stored.Sha256(), text.Stored.Done, text.Gzip)));
                }
            }

            if (text.Padding > 0)
            {
                findings.Add(new Problem("gz/padding", ProblemKind.Finding, $"{file.Name} ends with {text.Padding} zero bytes after its gz data; they were left out", new FilePlace(file.Name)));
            }

            oneAtATime.FileDone(text.Stored.Done);
        }

        return new SourceReport(read.Number - 1, read.Refusals, inputs)
        {
            Filled = read.Filled,
            TextBytes = read.TextBytes,
            Findings = [.. findings, .. read.Findings()],
        };
    }

    private sealed class Unwatched : IReadWatch
    {
        public void Refused(RefusedRow row)
        {
        }

        public void Progress(long bytesDone, long? bytesTotal)
        {
        }
    }

    /// <summary>Adds up the progress of several files.</summary>
    private sealed class WatchOfFiles(IReadWatch watch, IReadOnlyList<DelimitedFile> files) : IReadWatch
    {
        private readonly long? total = files.All(f => f.Length is not null) ? files.Sum(f => f.Length) : null;
        private long before;

        public void Refused(RefusedRow row) => watch.Refused(row);

        public void Progress(long bytesDone, long? bytesTotal) => watch.Progress(before + bytesDone, total);

        public void FileDone(long bytes) => before += bytes;
    }
}

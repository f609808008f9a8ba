using Cairn.Adapters.DelimitedText;
using Cairn.Adapters.Downloads;
using Cairn.Adapters.Tables;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;
using Cairn.Core.Tables;

namespace Cairn.Adapters.Connectors.JsonLines;

/// <summary>
/// One table read from one or several files of JSON lines. The lines are found by the reader of delimited text (each line a row of one field), so gz, encodings
/// and lines too long are its matter. A row's number is its line's, counted through all files; blank lines are no rows.
/// </summary>
internal sealed class JsonLinesSource : ISource
{
    private const int Sampled = 20_000;

    private readonly SourceRequest request;
    private readonly SourceFiles source;
    private readonly DelimitedFormat format;
    private IReadOnlyList<SourceFile> files = [];
    private IReadOnlyList<string> keys = [];
    private TableLayout? layout;

    public JsonLinesSource(SourceRequest request)
    {
        this.request = request;
        source = new SourceFiles(request);
        format = new DelimitedFormat { Separator = "\n", Header = false, LongestRow = request.Settings.SizeOf("longest_row", new DelimitedFormat().LongestRow) };
    }

    public TableLayout Layout(CancellationToken stop)
    {
        if (layout is null)
        {
            (files, IReadOnlyList<Problem> findings) = source.Find(stop);
            keys = request.Settings.ListOf("keys") ?? Sample(files[0], stop);
            if (keys.Count == 0)
            {
                throw new ProblemException(new Problem("jsonlines/no-keys", ProblemKind.Refused, $"{files[0].Name} holds no JSON objects in its first {Sampled:N0} lines", new FilePlace(files[0].Name), $"cairn peek {files[0].Name}"));
            }

            TableLayout named = Headers.Layout(keys, files[0].Name, 1);
            layout = named with { Findings = [.. findings, .. named.Findings] };
        }

        return layout;
    }

    public SourceReport Read(Action<RowBatch> rows, IReadWatch watch, CancellationToken stop)
    {
        Layout(stop);
        var builder = new RowBatchBuilder(keys.Count, rows, identify: false);
        var reading = new LinesRead(request.Table, keys, builder, watch, files.Sum(f => new FileInfo(f.Path).Length));
        foreach (SourceFile file in files)
        {
            reading.File(file.Name);
            reading.Add(DelimitedReader.Read(request.Table, [file.AsText()], format, 1, null, reading.Take, reading, stop));
        }

        builder.Flush();
        return reading.Report();
    }

    public void Dispose()
    {
    }

    private List<string> Sample(SourceFile file, CancellationToken stop)
    {
        var found = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        int lines = 0;
        try
        {
            DelimitedReader.Read(request.Table, [new DelimitedFile(file.Name, file.AsText().Open)], format, 1, null, batch =>
            {
                for (int row = 0; row < batch.Rows && lines < Sampled; row++, lines++)
                {
                    found.AddRange(JsonRow.KeysOf(batch.Field(row, 0)).Where(known.Add));
                }

                if (lines == Sampled)
                {
                    enough.Cancel();
                }
            }, new Unwatched(), enough.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Enough was read.
        }

        return found;
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

    /// <summary>Makes rows of lines and keeps the books.</summary>
    private sealed class LinesRead(string table, IReadOnlyList<string> keys, RowBatchBuilder builder, IReadWatch watch, long total) : IReadWatch
    {
        private const int Listed = 5;

        private readonly JsonRow row = new(keys);
        private readonly List<DataVersion> inputs = [];
        private readonly List<Problem> findings = [];
        private readonly List<string> otherKeys = [];
        private long others;
        private string file = "";
        private long linesBefore;
        private long bytesBefore;
        private long taken;
        private long refused;
        private long text;

        public void File(string name) => file = name;

        public void Take(RowBatch lines)
        {
            for (int i = 0; i < lines.Rows; i++)
            {
                ReadOnlySpan<byte> line = lines.Field(i, 0);
                if (line.IndexOfAnyExcept(" \t\r"u8) < 0)
                {
                    continue;
                }

                if (row.Read(line) is { } wrong)
                {
                    Refused(new RefusedRow(table, file, lines.Numbers[i], lines.Numbers[i], wrong.Code, wrong.Reason, Beginning(line)));
                    continue;
                }

                taken++;
                builder.Row(linesBefore + lines.Numbers[i]);
                for (int column = 0; column < keys.Count; column++)
                {
                    builder.Cell(row.Cell(column));
                }

                if (row.OtherKey is { } other && others++ < Listed)
                {
                    otherKeys.Add($"`{other}` in {file}:{lines.Numbers[i]}");
                }
            }
        }

        public void Add(SourceReport lines)
        {
            linesBefore += lines.Records;
            bytesBefore += lines.Inputs.Sum(i => i.Bytes);
            text += lines.TextBytes;
            inputs.AddRange(lines.Inputs);
            findings.AddRange(lines.Findings);
        }

        public SourceReport Report()
        {
            if (others > 0)
            {
                findings.Add(new Problem("jsonlines/other-keys", ProblemKind.Finding, $"{table}: {others:N0} {(others == 1 ? "line has a key" : "lines have keys")} that is no column; its values were left out", new RowPlace(table),
                    "name every key that is wanted under `keys`")
                {
                    Details = otherKeys,
                });
            }

            return new SourceReport(taken + refused, refused, inputs) { TextBytes = text, Findings = findings };
        }

        public void Refused(RefusedRow refusal)
        {
            // Lines are refused by the thread that finds them, objects by the one that takes them.
            lock (row)
            {
                refused++;
                watch.Refused(refusal with { Row = linesBefore + refusal.Line });
            }
        }

        public void Progress(long bytesDone, long? bytesTotal)
        {
            lock (row)
            {
                watch.Progress(bytesBefore + bytesDone, total);
            }
        }

        private static string Beginning(ReadOnlySpan<byte> line)
        {
            string start = System.Text.Encoding.UTF8.GetString(line[..Math.Min(line.Length, 800)]);
            return start.Length <= 200 ? start : start[..(char.IsHighSurrogate(start[199]) ? 199 : 200)];
        }
    }
}

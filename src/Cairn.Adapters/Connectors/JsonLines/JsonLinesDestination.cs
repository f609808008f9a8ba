using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cairn.Adapters.Files;
using Cairn.Core;
using Cairn.Core.Flows;

namespace Cairn.Adapters.Connectors.JsonLines;

/// <summary>One table written as JSON lines: blanks as null, numbers and truth values as such where the column was declared so, all else as text.</summary>
internal sealed class JsonLinesDestination : IDestination
{
    private readonly DestinationRequest request;
    private readonly string path;

    public JsonLinesDestination(DestinationRequest request)
    {
        this.request = request;
        path = Path.GetFullPath(request.Settings.TextOf("path") ?? throw request.Settings.Wrong("path", $"{request.Name} names no file to write", "write path: FILE"), request.Folder);
    }

    public DestinationState Look(CancellationToken stop) => OutputFile.Look(path, request.Inputs, request.Place, stop);

    public DestinationReport Write(IReadOnlyDictionary<string, ITableRows> tables, CancellationToken stop)
    {
        (string name, ITableRows table) = tables.Single();
        OutputFile.MakeFolder(path, request.Place);
        using AtomicFile file = AtomicFile.Create(path, request.Place);
        bool compressed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        long written;
        try
        {
            using GZipStream? gzip = compressed ? new GZipStream(file.Stream, CompressionLevel.Optimal, leaveOpen: true) : null;
            written = Lines(table, gzip ?? file.Stream, stop);
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            throw new ProblemException(FileProblems.Writing(path, e, request.Place), e);
        }

        return new DestinationReport([file.Commit(request.Place) with { MediaType = compressed ? "application/gzip" : "application/jsonl" }], new Dictionary<string, long> { [name] = written });
    }

    public void Dispose()
    {
    }

    private static long Lines(ITableRows table, Stream stream, CancellationToken stop)
    {
        JsonEncodedText[] names = [.. table.Columns.Select(c => JsonEncodedText.Encode(c.Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping))];
        var buffer = new MemoryStream();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        using IRowReader rows = table.Open(stop);
        long written = 0;
        while (rows.Next())
        {
            stop.ThrowIfCancellationRequested();
            json.WriteStartObject();
            for (int i = 0; i < names.Length; i++)
            {
                json.WritePropertyName(names[i]);
                Value(json, rows.Text(i), table.Columns[i].Type);
            }

            json.WriteEndObject();
            json.Flush();
            json.Reset();
            buffer.WriteByte((byte)'\n');
            written++;
            if (buffer.Length > 1 << 18)
            {
                Drain(buffer, stream);
            }
        }

        Drain(buffer, stream);
        return written;
    }

    private static void Value(Utf8JsonWriter json, ReadOnlySpan<byte> text, ColumnType type)
    {
        if (text.IsEmpty)
        {
            json.WriteNullValue();
        }
        else if (type is ColumnType.Integer or ColumnType.Decimal && IsNumber(text))
        {
            json.WriteRawValue(text, skipInputValidation: true);
        }
        else if (type == ColumnType.Boolean && (text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8)))
        {
            json.WriteBooleanValue(text.Length == 4);
        }
        else
        {
            json.WriteStringValue(text);
        }
    }

    private static bool IsNumber(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.BytesConsumed == text.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Drain(MemoryStream buffer, Stream stream)
    {
        stream.Write(buffer.GetBuffer(), 0, (int)buffer.Length);
        buffer.SetLength(0);
    }
}

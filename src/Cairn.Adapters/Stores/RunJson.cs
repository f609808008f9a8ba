using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Stores;

/// <summary>
/// Runs and reports as JSON: snake_case as in flow files, enums as words, times in UTC, nothing left out but nulls. The same form stands in a run's folder and in
/// what commands print with <c>--json</c>.
/// </summary>
public static class RunJson
{
    /// <summary>Indented, for files that people open.</summary>
    public static readonly JsonSerializerOptions Indented = Make(true);

    /// <summary>On one line, for logs.</summary>
    public static readonly JsonSerializerOptions Compact = Make(false);

    public static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, TypeOf<T>(Indented));

    public static string Line<T>(T value) => JsonSerializer.Serialize(value, TypeOf<T>(Compact));

    /// <summary>Throws <see cref="JsonException"/> when the bytes are not the record of a run.</summary>
    public static RunManifest ReadManifest(ReadOnlySpan<byte> json)
    {
        JsonNode? tree = JsonNode.Parse(json);
        RunJsonDefaults.CompleteManifest(tree);
        return tree.Deserialize(TypeOf<RunManifest>(Indented)) is { Id: not null, Folder: not null, Format: 1 } manifest
            ? manifest
            : throw new JsonException("it is not the record of a run, or it is of a later version of Cairn");
    }

    /// <summary>Reads a plan. Throws <see cref="JsonException"/> when the bytes are none.</summary>
    public static FlowReport ReadReport(ReadOnlySpan<byte> json)
    {
        JsonNode? tree = JsonNode.Parse(json);
        RunJsonDefaults.CompleteReport(tree);
        return tree.Deserialize(TypeOf<FlowReport>(Indented)) is { Flow: not null } report ? report : throw new JsonException("it is not a plan");
    }

    private static JsonTypeInfo<T> TypeOf<T>(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions Make(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = indented,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = RunJsonTypes.Default,
        Converters =
        {
            new PlaceJson(), new FilePlaceJson(), new UtcJson(), new FigureJson(), new WordJson<RunState>(), new WordJson<ProblemKind>(),
            new WordJson<KeptState>(),
        },
    };
}

internal sealed class WordJson<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>One line of <c>log.jsonl</c>.</summary>
public sealed record LogLine(DateTimeOffset Time, string Level, string Message);

[JsonSerializable(typeof(RunManifest))]
[JsonSerializable(typeof(FlowReport))]
[JsonSerializable(typeof(IReadOnlyList<Problem>))]
[JsonSerializable(typeof(LogLine))]
internal sealed partial class RunJsonTypes : JsonSerializerContext;

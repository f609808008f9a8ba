using System.Reflection;
using Cairn.Terminal;

namespace Cairn.Commands;

/// <summary>The topics of <c>cairn help</c>: texts beside this file (Commands/Topics/*.txt), carried in the executable.</summary>
internal static class Topics
{
    public static IReadOnlyList<string> Names { get; } =
        ["exit-codes", "flow-files", "environment", "json", "provenance", "expressions", "connectors", "glossary"];

    /// <summary>The topic's name as it stands in Names; null when there is none.</summary>
    public static string? Find(string word) => Names.FirstOrDefault(n => n == word);

    public static string Text(string topic)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"topics/{topic}.txt")
            ?? throw new InvalidOperationException($"The topic {topic} is not in the executable");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public static ExitCode Print(string topic, Composition cairn)
    {
        string text = Text(topic);
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                json.WriteString("topic", topic);
                json.WriteString("text", text);
                ProblemJson.Write(json, []);
            });
        }
        else
        {
            cairn.Screen.Out.Write(text);
        }

        return ExitCode.Done;
    }
}

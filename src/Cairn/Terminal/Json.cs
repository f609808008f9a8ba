using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cairn.Terminal;

/// <summary>The form of every <c>--json</c> answer: one object, indented, text as it is.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions Form = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    /// <summary>Writes one object; the members are what <paramref name="members"/> writes.</summary>
    public static void Write(TextWriter to, Action<Utf8JsonWriter> members)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Form))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        to.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }
}

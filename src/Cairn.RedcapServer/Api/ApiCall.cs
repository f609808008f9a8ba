using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Api;

/// <summary>A file sent with a request.</summary>
public sealed record UploadedFile(string Name, string MediaType, byte[] Content);

/// <summary>
/// A request's parameters, in all the ways in which clients write them: arrays as <c>fields[0]=a</c>, <c>fields[]=a</c> or <c>fields=a, b</c>; true as true, TRUE,
/// True or 1; blank as absent. Names are case-sensitive, and those that are not known are of no account.
/// </summary>
public sealed class ApiCall(IReadOnlyList<KeyValuePair<string, string>> parameters, UploadedFile? file = null)
{
    /// <summary>The file sent as <c>file</c>.</summary>
    public UploadedFile? File { get; } = file;

    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; } = parameters;

    /// <summary><c>format</c>; XML when not said, or said wrongly.</summary>
    public DataFormat Format => Read(Text("format")) ?? DataFormat.Xml;

    /// <summary><c>returnFormat</c>, else <c>format</c>, else XML; ODM counts as XML.</summary>
    public DataFormat ReturnFormat => (Read(Text("returnFormat")) ?? Format) is var format and not DataFormat.Odm ? format : DataFormat.Xml;

    /// <summary><c>csvDelimiter</c>: comma, tab, semicolon, bar or caret.</summary>
    public char CsvDelimiter => Text("csvDelimiter")?.ToLowerInvariant() switch
    {
        null or "," or "comma" => ',',
        "tab" or "\t" => '\t',
        ";" => ';',
        "|" => '|',
        "^" => '^',
        var other => throw new ApiRefusal($"The value of the parameter \"csvDelimiter\" is not valid: '{other}'"),
    };

    /// <summary>The last value of this name; null when absent or blank.</summary>
    public string? Text(string name)
    {
        string? found = null;
        foreach ((string key, string value) in Parameters)
        {
            if (key == name)
            {
                found = value;
            }
        }

        // A tab is a delimiter, and not a blank, where a delimiter is asked for.
        return found is null || (name != "csvDelimiter" && string.IsNullOrWhiteSpace(found)) || found.Length == 0 ? null : found;
    }

    /// <summary>The value as sent, blanks and line ends included; null only when absent.</summary>
    public string? Raw(string name) => Parameters.LastOrDefault(p => p.Key == name) is { Key: not null } found ? found.Value : null;

    public bool Flag(string name, bool otherwise = false) => Text(name)?.Trim().ToLowerInvariant() switch
    {
        "true" or "1" or "yes" or "t" => true,
        null => otherwise,
        _ => false,
    };

    /// <summary>The values of an array, in their order, none blank; null when there are none.</summary>
    public IReadOnlyList<string>? List(string name)
    {
        var found = new List<string>();
        foreach ((string key, string value) in Parameters)
        {
            if (key == name)
            {
                found.AddRange(value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            }
            else if (key.Length > name.Length + 1 && key[name.Length] == '[' && key[^1] == ']' && key.StartsWith(name, StringComparison.Ordinal) && value.Trim() is { Length: > 0 } one)
            {
                found.Add(one);
            }
        }

        return found.Count == 0 ? null : found;
    }

    /// <summary>A whole number. Throws <see cref="ApiRefusal"/> when it is something else; null when absent.</summary>
    public int? Number(string name) => Text(name) is not { } text ? null
        : int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign | System.Globalization.NumberStyles.AllowLeadingWhite | System.Globalization.NumberStyles.AllowTrailingWhite, System.Globalization.CultureInfo.InvariantCulture, out int number) ? number
        : throw new ApiRefusal($"The value of the parameter \"{name}\" is not valid: '{text}'");

    /// <summary>One of several words, in any case; the first when absent. Throws <see cref="ApiRefusal"/> for another.</summary>
    public string Word(string name, params ReadOnlySpan<string> words)
    {
        if (Text(name)?.Trim() is not { } text)
        {
            return words[0];
        }

        foreach (string word in words)
        {
            if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase))
            {
                return word;
            }
        }

        throw new ApiRefusal($"The value of the parameter \"{name}\" is not valid");
    }

    private static DataFormat? Read(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "csv" => DataFormat.Csv,
        "json" => DataFormat.Json,
        "xml" => DataFormat.Xml,
        "odm" => DataFormat.Odm,
        _ => null,
    };
}

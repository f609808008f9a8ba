namespace Cairn.RedcapServer.Records;

/// <summary>A value that cannot be imported. Written as one line of CSV, as the API lists them.</summary>
public sealed record ImportFault(string Record, string Field, string Value, string Message)
{
    public override string ToString() => string.Join(',', new[] { Record, Field, Value, Message }.Select(v => $"\"{v.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
}

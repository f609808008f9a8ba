namespace Cairn.RedcapServer.Odm;

/// <summary>The identifiers of events and forms: a prefix and the unique name.</summary>
internal static class OdmOid
{
    public const string Event = "Event.";

    public const string Form = "Form.";

    public static string Name(string prefix, string oid) => oid.StartsWith(prefix, StringComparison.Ordinal) ? oid[prefix.Length..] : oid;
}

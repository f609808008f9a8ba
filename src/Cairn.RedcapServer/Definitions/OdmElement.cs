namespace Cairn.RedcapServer.Definitions;

/// <summary>An attribute of a project's XML. The name is as written there, with the prefix <c>redcap:</c> where it has one.</summary>
public readonly record struct OdmAttribute(string Name, string Value);

/// <summary>An element of a project's XML under REDCap's prefix, kept so that nothing of a project is lost on its way through this server.</summary>
/// <param name="Name">Without the prefix.</param>
/// <param name="Text">Blank where there are children.</param>
public sealed record OdmElement(string Name, IReadOnlyList<OdmAttribute> Attributes, string Text, IReadOnlyList<OdmElement> Children);
